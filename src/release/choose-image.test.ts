import assert from "node:assert/strict";
import { test } from "node:test";
import type { Digest } from "../oci/digest.ts";
import type { ErrorCode } from "../words/error.ts";
import { failure } from "../words/error.ts";
import { type Choice, type ChoiceFacts, chooseImage } from "./choose-image.ts";
import type { Sighting } from "./sightings.ts";

const digestOf = (digit: string): Digest => `sha256:${digit.repeat(64)}`;
const [A, B, C] = [digestOf("a"), digestOf("b"), digestOf("c")];
const DOWN = failure("HOST_UNREACHABLE", { host: "h", reason: "down", operation: "HEAD" }, { retryable: true });

interface Place {
  readonly optional?: boolean;
  readonly adapt?: boolean;
  /** Digest and revision; left out: nothing there. */
  readonly has?: readonly [Digest, string | undefined] | "unknown";
}

function seen(places: readonly Place[]): readonly Sighting[] {
  return places.map(({ optional = false, adapt = false, has }, at): Sighting => {
    const outlet = { name: `r${at}`, required: !optional, adapt };
    if (has === undefined) return { outlet, state: "absent" };
    if (has === "unknown") return { outlet, state: "unknown", error: DOWN };
    const [digest, revision] = has;
    return { outlet, state: "there", digest, ...(revision !== undefined && { revision }) };
  });
}

const OURS = "1111";
const BUILD: Choice = { kind: "build" };
const at = (name: string, digest: Digest): Choice => ({ kind: "outlet", name, digest });
const inLayout = (digest: Digest): Choice => ({ kind: "layout", digest });

const CASES: readonly {
  readonly what: string;
  readonly places: readonly Place[];
  /** Default: revision 1111, nothing built, not deterministic. */
  readonly facts?: Partial<Pick<ChoiceFacts, "revision" | "built" | "deterministic">>;
  readonly gives: Choice | ErrorCode;
}[] = [
  { what: "nothing anywhere", places: [{}, {}], gives: BUILD },
  { what: "no registries at all", places: [], gives: BUILD },
  { what: "built here before", places: [{}, {}], facts: { built: B }, gives: inLayout(B) },
  { what: "the primary has it", places: [{ has: [A, OURS] }, {}], gives: at("r0", A) },
  { what: "another one has it", places: [{}, { has: [A, OURS] }], gives: at("r1", A) },
  {
    what: "what is served goes before what was built here",
    places: [{ has: [A, OURS] }],
    facts: { built: B },
    gives: at("r0", A),
  },
  { what: "both have the same", places: [{ has: [A, OURS] }, { has: [A, OURS] }], gives: at("r0", A) },
  { what: "another revision", places: [{ has: [A, "2222"] }, {}], gives: "VERSION_TAKEN" },
  {
    what: "another revision at the second",
    places: [{ has: [A, OURS] }, { has: [B, "2222"] }],
    gives: "VERSION_TAKEN",
  },
  { what: "no revision there", places: [{ has: [A, undefined] }], gives: "VERSION_TAKEN" },
  {
    what: "no revision here: the tag alone has to do",
    places: [{ has: [A, "2222"] }],
    facts: { revision: undefined },
    gives: at("r0", A),
  },
  {
    what: "no revision on either side",
    places: [{ has: [A, undefined] }],
    facts: { revision: undefined },
    gives: at("r0", A),
  },
  { what: "two digests of one revision", places: [{ has: [A, OURS] }, { has: [B, OURS] }], gives: "DIGESTS_DIFFER" },
  { what: "an optional one has another revision", places: [{}, { optional: true, has: [A, "2222"] }], gives: BUILD },
  { what: "only an optional one has it", places: [{}, { optional: true, has: [A, OURS] }], gives: at("r1", A) },
  {
    what: "required goes before optional",
    places: [{ optional: true, has: [B, OURS] }, { has: [A, OURS] }],
    gives: at("r1", A),
  },
  {
    what: "an optional one has another digest",
    places: [{ has: [A, OURS] }, { optional: true, has: [B, OURS] }],
    gives: at("r0", A),
  },
  {
    what: "adapted is another digest, and fine",
    places: [{ adapt: true, has: [B, OURS] }, { has: [A, OURS] }],
    gives: at("r1", A),
  },
  {
    what: "optional and whole goes before required and adapted",
    places: [
      { adapt: true, has: [B, OURS] },
      { optional: true, has: [A, OURS] },
    ],
    gives: at("r1", A),
  },
  { what: "only adapted", places: [{}, { adapt: true, has: [B, OURS] }], gives: at("r1", B) },
  {
    what: "what was built goes before what was adapted",
    places: [{}, { adapt: true, has: [B, OURS] }],
    facts: { built: C },
    gives: inLayout(C),
  },
  {
    what: "an adapted one of another revision",
    places: [{}, { adapt: true, has: [B, "2222"] }],
    gives: "VERSION_TAKEN",
  },
  {
    what: "two adapted ones of two digests",
    places: [
      { adapt: true, has: [A, OURS] },
      { adapt: true, has: [B, OURS] },
    ],
    gives: at("r0", A),
  },
  { what: "the primary cannot be asked", places: [{ has: "unknown" }, {}], gives: "VERSION_UNKNOWABLE" },
  {
    what: "the primary cannot be asked, and building again gives the same",
    places: [{ has: "unknown" }, {}],
    facts: { deterministic: true },
    gives: BUILD,
  },
  {
    what: "the primary cannot be asked, and it was built here",
    places: [{ has: "unknown" }, {}],
    facts: { built: A },
    gives: inLayout(A),
  },
  {
    what: "the primary cannot be asked, and another has it",
    places: [{ has: "unknown" }, { has: [A, OURS] }],
    gives: at("r1", A),
  },
  { what: "another cannot be asked", places: [{}, { has: "unknown" }], gives: BUILD },
];

for (const { what, places, facts, gives } of CASES) {
  test(`where the image comes from: ${what}: ${typeof gives === "string" ? gives : gives.kind}`, () => {
    const { revision, ...other } = { revision: OURS, deterministic: false, ...facts };
    const choose = () =>
      chooseImage({ tag: "1.2.3", sightings: seen(places), ...other, ...(revision !== undefined && { revision }) });
    if (typeof gives === "string") assert.throws(choose, { code: gives });
    else assert.deepEqual(choose(), gives);
  });
}

test("only a registry that does not answer is worth another try, and what it said is kept", () => {
  assert.throws(
    () => chooseImage({ tag: "1.2.3", sightings: seen([{ has: "unknown" }]), deterministic: false }),
    (error: unknown) => {
      assert.ok(error instanceof Error && "retryable" in error);
      return error.retryable === true && error.cause === DOWN;
    },
  );
});
