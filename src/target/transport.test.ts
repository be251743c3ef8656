import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { formatPlace, type Place, parsePlace } from "./transport.ts";

const hex = "0123456789abcdef".repeat(4);
const busybox = { registry: "docker.io", repository: "library/busybox" };

const good: readonly (readonly [string, Place])[] = [
  ["busybox", { kind: "docker", reference: busybox }],
  ["docker://busybox:1.36", { kind: "docker", reference: { ...busybox, tag: "1.36" } }],
  ["docker:24", { kind: "docker", reference: { registry: "docker.io", repository: "library/docker", tag: "24" } }],
  ["localhost:5000/a", { kind: "docker", reference: { registry: "localhost:5000", repository: "a" } }],
  ["oci:/srv/images", { kind: "oci", path: "/srv/images" }],
  ["oci:images:1.36", { kind: "oci", path: "images", reference: "1.36" }],
  [
    "oci:images:docker.io/library/busybox:1.36",
    { kind: "oci", path: "images", reference: "docker.io/library/busybox:1.36" },
  ],
  [`oci:images@sha256:${hex}`, { kind: "oci", path: "images", reference: `sha256:${hex}` }],
  ["oci-archive:a.tar:latest", { kind: "oci-archive", path: "a.tar", reference: "latest" }],
  ["docker-archive:a.tar", { kind: "docker-archive", path: "a.tar" }],
  ["docker-archive:a.tar:busybox", { kind: "docker-archive", path: "a.tar", reference: { ...busybox, tag: "latest" } }],
  [
    "docker-archive:a.tar:localhost:5000/a:1",
    { kind: "docker-archive", path: "a.tar", reference: { registry: "localhost:5000", repository: "a", tag: "1" } },
  ],
  ["docker-daemon:busybox:1.36", { kind: "docker-daemon", image: { ...busybox, tag: "1.36" } }],
  ["docker-daemon:busybox", { kind: "docker-daemon", image: { ...busybox, tag: "latest" } }],
  [`docker-daemon:sha256:${hex}`, { kind: "docker-daemon", image: `sha256:${hex}` }],
];

const bad: readonly (readonly [string, RegExp])[] = [
  ["", /empty/],
  ["oci:", /path is missing/],
  ["oci::tag", /path is missing/],
  ["oci:images:", /nothing comes after/],
  ["oci:images:a b", /not a tag/],
  ["oci:images@sha256:short", /not a digest/],
  ["docker-archive:a.tar:UPPER", /lowercase/],
  [`docker-archive:a.tar:busybox@sha256:${hex}`, /by tag/],
  ["docker-daemon:", /empty/],
  ["dir:/srv/images", /"dir:" is no kind of place/],
  ["https://example.com/a", /"https:" is no kind of place/],
  ["docker://", /empty/],
];

describe("a place", () => {
  for (const [text, place] of good) {
    it(`is read from ${text}`, () => {
      assert.deepEqual(parsePlace(text), place);
      assert.deepEqual(parsePlace(formatPlace(place)), place);
    });
  }

  for (const [text, reason] of bad) {
    it(`is not ${JSON.stringify(text)}`, () => {
      assert.throws(() => parsePlace(text), { code: "TARGET_INVALID", message: reason });
    });
  }

  it("is read back as it is written, whatever it is", () => {
    const plain = { noNullPrototype: true } as const;
    const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
    const path = fc.stringMatching(/^[A-Za-z0-9/._ -]{1,20}$/);
    const reference = fc.record({ registry: fc.constant("example.com:5000"), repository: word, tag: word }, plain);
    const digest = fc.constant(`sha256:${hex}` as const);
    const place = fc.oneof(
      fc.record({ kind: fc.constant("docker" as const), reference }, plain),
      fc.record({ kind: fc.constantFrom("oci" as const, "oci-archive" as const), path }, plain),
      fc.record(
        {
          kind: fc.constantFrom("oci" as const, "oci-archive" as const),
          path,
          reference: fc.oneof(word, digest),
        },
        plain,
      ),
      fc.record({ kind: fc.constant("docker-archive" as const), path, reference }, plain),
      fc.record({ kind: fc.constant("docker-daemon" as const), image: fc.oneof(reference, digest) }, plain),
    );
    fc.assert(
      fc.property(place, (made) => assert.deepEqual(parsePlace(formatPlace(made)), made)),
      { seed: 20261122 },
    );
  });

  it("never throws anything but its own error", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((rest) => `oci:${rest}`),
        ),
        (text) => {
          try {
            parsePlace(text);
          } catch (thrown) {
            assert.ok(thrown instanceof Error && "code" in thrown && thrown.code === "TARGET_INVALID");
          }
        },
      ),
      { seed: 20261122 },
    );
  });
});
