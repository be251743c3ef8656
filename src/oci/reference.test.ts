import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SlipwayError } from "../words/error.ts";
import { formatReference, parseReference, repositoryOf } from "./reference.ts";

const DIGEST = `sha256:${"a1".repeat(32)}` as const;

/** What people write, and what it means, by https://github.com/distribution/reference. */
const READ: readonly (readonly [text: string, registry: string, repository: string, tag?: string, digest?: string])[] =
  [
    ["nginx", "docker.io", "library/nginx"],
    ["nginx:1.27", "docker.io", "library/nginx", "1.27"],
    ["foo/bar", "docker.io", "foo/bar"],
    ["docker.io/nginx", "docker.io", "library/nginx"],
    ["index.docker.io/library/nginx", "docker.io", "library/nginx"],
    ["registry-1.docker.io/foo/bar:x", "docker.io", "foo/bar", "x"],
    ["localhost/app", "localhost", "app"],
    ["localhost:5000/app:v1", "localhost:5000", "app", "v1"],
    ["127.0.0.1:5001/team/app", "127.0.0.1:5001", "team/app"],
    ["[::1]:5000/app:v1", "[::1]:5000", "app", "v1"],
    ["GHCR.io/owner/app", "ghcr.io", "owner/app"],
    ["Registry/app", "registry", "app"],
    [
      "registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode:latest",
      "registry.cn-hangzhou.aliyuncs.com",
      "hagicode/hagicode",
      "latest",
    ],
    [`a.io/b@${DIGEST}`, "a.io", "b", undefined, DIGEST],
    [`a.io/b:c@${DIGEST}`, "a.io", "b", "c", DIGEST],
    ["a.io/b__c/d-e/f.g--h", "a.io", "b__c/d-e/f.g--h"],
    [`a.io/b:${"t".repeat(128)}`, "a.io", "b", "t".repeat(128)],
  ];

test("references mean what Docker takes them to mean", () => {
  for (const [text, registry, repository, tag, digest] of READ) {
    const read = parseReference(text);
    assert.deepEqual(
      [read.registry, read.repository, read.tag, read.digest],
      [registry, repository, tag, digest],
      text,
    );
    assert.equal(repositoryOf(read), `${registry}/${repository}`);
  }
});

/** What is refused, and a word of the reason. */
const REFUSED: readonly (readonly [text: string, reason: RegExp])[] = [
  ["", /empty/],
  ["UPPER", /lowercase/],
  ["a.io/Upper", /lowercase/],
  ["a.io/b:", /tag/],
  ["a.io/b:-x", /tag/],
  [`a.io/b:${"t".repeat(129)}`, /tag/],
  ["a.io/b:x y", /tag/],
  ["a.io/b@sha256:123", /digest/],
  ["a.io/b@md5:d41d8cd98f00b204e9800998ecf8427e", /digest/],
  [`a.io/b@${DIGEST}@${DIGEST}`, /more than one/],
  ["a.io/../b", /not a repository/],
  ["a.io//b", /not a repository/],
  ["a.io/b/", /not a repository/],
  ["a_b.io/c", /not a host/],
  ["a.io:123456/b", /not a host/],
  ["https://a.io/b", /not a (host|repository)/],
  ["a1".repeat(32), /hash/],
  [`a.io/${"b".repeat(256)}`, /255/],
  [" nginx", /not a repository/],
  ["nginx\n", /not a repository/],
];

test("what is not a reference is refused with a reason", () => {
  for (const [text, reason] of REFUSED) {
    const check = (error: unknown) =>
      error instanceof SlipwayError && error.code === "REFERENCE_INVALID" && reason.test(String(error.facts.reason));
    assert.throws(() => parseReference(text), check, text);
  }
});

test("what is written out is read back as it was", () => {
  const part = fc.stringMatching(/^[a-z0-9]{1,8}([._-][a-z0-9]{1,5})?$/);
  const tag = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,20}$/);
  const reference = fc.record({
    registry: fc.constantFrom("docker.io", "a.io", "localhost", "127.0.0.1:5000", "[::1]:1"),
    repository: fc.array(part, { minLength: 2, maxLength: 4 }).map((parts) => parts.join("/")),
    tag: fc.option(tag, { nil: undefined }),
    digest: fc.option(fc.constant(DIGEST), { nil: undefined }),
  });
  fc.assert(
    fc.property(reference, ({ registry, repository, tag, digest }) => {
      const given = {
        registry,
        repository,
        ...(tag !== undefined && { tag }),
        ...(digest !== undefined && { digest }),
      };
      assert.deepEqual(parseReference(formatReference(given)), given);
    }),
    { seed: 20261122 },
  );
});

test("no text makes it fail in another way", () => {
  const sure = (text: string) => {
    try {
      parseReference(text);
    } catch (error) {
      assert.ok(error instanceof SlipwayError);
    }
  };
  fc.assert(fc.property(fc.string({ unit: "binary" }), sure), { seed: 20261122 });
  fc.assert(fc.property(fc.stringMatching(/^[a-z.:@/\]["A-Z0-9_-]*$/), sure), { seed: 20261122 });
});
