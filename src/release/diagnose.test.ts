import assert from "node:assert/strict";
import { test } from "node:test";
import type { Asset, Release } from "../github/index.ts";
import type { Digest } from "../oci/digest.ts";
import { failure } from "../words/error.ts";
import { diagnose } from "./diagnose.ts";
import { remarkText } from "./remark.ts";
import type { Sighting } from "./sightings.ts";
import type { PlaceState, ReleaseState, VersionState } from "./version-state.ts";

const A: Digest = `sha256:${"a".repeat(64)}`;
const B: Digest = `sha256:${"b".repeat(64)}`;
const DOWN = failure("HOST_UNREACHABLE", { host: "h", reason: "down", operation: "HEAD" }, { retryable: true });

/** A place by what it serves. */
function place(name: string, has: Digest | "absent" | "unknown", required = true): PlaceState {
  const outlet = { name, required, adapt: false };
  const repository = `${name}.test/acme/app`;
  const sighting: Sighting =
    has === "absent"
      ? { outlet, state: "absent" }
      : has === "unknown"
        ? { outlet, state: "unknown", error: DOWN }
        : { outlet, state: "there", digest: has };
  return { sighting, repository };
}

const AT_GITHUB = { repository: "acme/app", tag: "v1.2.3" } as const;
const RELEASE: Release = {
  id: 1,
  tag: "v1.2.3",
  name: "v1.2.3",
  state: "published",
  prerelease: false,
  immutable: false,
  body: "",
  htmlUrl: "https://github.example.test/acme/app/releases/v1.2.3",
  uploadUrl: "",
  createdAt: "2026-01-01T00:00:00Z",
  target: "main",
};

function asset(name: string, state: Asset["state"]): Asset {
  return { id: 1, name, label: "", size: 1, state, contentType: "application/zip", downloadUrl: "" };
}

function released(
  state: "draft" | "published",
  {
    digests = {},
    assets = [],
  }: { readonly digests?: Readonly<Record<string, Digest>>; readonly assets?: readonly Asset[] } = {},
): ReleaseState {
  return { ...AT_GITHUB, state, release: { ...RELEASE, state }, assets, digests: new Map(Object.entries(digests)) };
}

const NONE: ReleaseState = { ...AT_GITHUB, state: "none" };
const PUBLISHED = released("published", { digests: { "one.test/acme/app": A } });

const CASES: readonly {
  readonly what: string;
  readonly places: readonly PlaceState[];
  readonly release?: ReleaseState;
  readonly expected?: Digest;
  /** Kind, where, and the repair with a configuration and without one; `-`: no command mends it. */
  readonly gives: readonly (readonly [kind: string, where: string, configured: string, bare: string])[];
}[] = [
  { what: "all is well", places: [place("one", A), place("two", A)], release: PUBLISHED, expected: A, gives: [] },
  { what: "all is well, and nothing is known of a release", places: [place("one", A)], expected: A, gives: [] },
  {
    what: "nowhere",
    places: [place("one", "absent"), place("two", "absent")],
    release: NONE,
    gives: [["nowhere", "1.2.3", "slipway release 1.2.3", "-"]],
  },
  {
    what: "nowhere, and no release is known",
    places: [place("one", "absent")],
    gives: [["nowhere", "1.2.3", "slipway release 1.2.3", "-"]],
  },
  {
    what: "half a release: it is out, and one registry lacks the image",
    places: [place("one", A), place("two", "absent")],
    release: PUBLISHED,
    expected: A,
    gives: [
      [
        "half-release",
        "two.test/acme/app",
        "slipway push two --for 1.2.3",
        "slipway copy --referrers one.test/acme/app:1.2.3 two.test/acme/app:1.2.3",
      ],
    ],
  },
  {
    what: "half a release: it is out, and the image is nowhere",
    places: [place("one", "absent")],
    release: released("published"),
    gives: [["half-release", "one.test/acme/app", "slipway release 1.2.3", "-"]],
  },
  {
    what: "an optional registry lacks it",
    places: [place("one", A), place("two", "absent", false)],
    release: PUBLISHED,
    expected: A,
    gives: [
      [
        "missing",
        "two.test/acme/app",
        "slipway push two --for 1.2.3",
        "slipway copy --referrers one.test/acme/app:1.2.3 two.test/acme/app:1.2.3",
      ],
    ],
  },
  {
    what: "a registry lacks it, and nothing is out yet",
    places: [place("one", A), place("two", "absent")],
    release: NONE,
    expected: A,
    gives: [
      [
        "missing",
        "two.test/acme/app",
        "slipway release 1.2.3",
        "slipway copy --referrers one.test/acme/app:1.2.3 two.test/acme/app:1.2.3",
      ],
    ],
  },
  {
    what: "another image at one",
    places: [place("one", A), place("two", B)],
    release: PUBLISHED,
    expected: A,
    gives: [["other-digest", "two.test/acme/app", "-", "-"]],
  },
  {
    what: "what was adapted is another image, and fine",
    places: [place("one", A), { ...place("two", B), adapted: { from: A, changes: ["attestations"], leftOut: [] } }],
    release: PUBLISHED,
    expected: A,
    gives: [],
  },
  {
    what: "a registry does not answer",
    places: [place("one", A), place("two", "unknown")],
    release: PUBLISHED,
    expected: A,
    gives: [["unknown", "two.test/acme/app", "-", "-"]],
  },
  {
    what: "no registry answers: that is not nowhere",
    places: [place("one", "unknown")],
    release: NONE,
    gives: [["unknown", "one.test/acme/app", "-", "-"]],
  },
  {
    what: "GitHub does not answer",
    places: [place("one", A)],
    release: { ...AT_GITHUB, state: "unknown", error: DOWN },
    expected: A,
    gives: [["unknown", "acme/app", "-", "-"]],
  },
  {
    what: "the release is missing",
    places: [place("one", A), place("two", "absent", false)],
    release: NONE,
    expected: A,
    gives: [
      [
        "missing",
        "two.test/acme/app",
        "slipway release 1.2.3",
        "slipway copy --referrers one.test/acme/app:1.2.3 two.test/acme/app:1.2.3",
      ],
      ["release-missing", "acme/app", "slipway release 1.2.3", "-"],
    ],
  },
  {
    what: "a draft was left, with an upload that broke off",
    places: [place("one", A)],
    release: released("draft", { assets: [asset("a.zip", "uploaded"), asset("b.zip", "starter")] }),
    expected: A,
    gives: [
      ["draft-left", "acme/app", "slipway release 1.2.3", "-"],
      ["asset-unfinished", "acme/app", "slipway release 1.2.3", "-"],
    ],
  },
  {
    what: "the release is out, with an asset that is not whole",
    places: [place("one", A)],
    release: released("published", { assets: [asset("a.zip", "starter")] }),
    expected: A,
    gives: [["asset-unfinished", "acme/app", "slipway release 1.2.3", "-"]],
  },
  {
    what: "the release names what is not served any more",
    places: [place("one", B)],
    release: PUBLISHED,
    expected: B,
    gives: [["release-outdated", "one.test/acme/app", "-", "-"]],
  },
];

for (const { what, places, release, expected, gives } of CASES) {
  test(`what is wrong with a version: ${what}`, () => {
    const state: VersionState = {
      version: "1.2.3",
      tag: "1.2.3",
      places,
      ...(release !== undefined && { release }),
      ...(expected !== undefined && { expected }),
    };
    for (const configured of [true, false]) {
      const found = diagnose(state, { configured });
      assert.deepEqual(
        found.map(({ kind, where, repair = "-" }) => [kind, where, repair]),
        gives.map(([kind, where, withConfig, bare]) => [kind, where, configured ? withConfig : bare]),
      );
      for (const { said } of found) assert.doesNotMatch(remarkText(said, "zh-CN"), /[{}]/);
    }
  });
}
