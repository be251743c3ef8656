import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { composeNotes } from "../github/index.ts";
import type { Digest } from "../oci/digest.ts";
import { digestsIn, type ImageLine, imageTable, tableIn, withoutTable } from "./release-body.ts";

const A: Digest = `sha256:${"a".repeat(64)}`;
const B: Digest = `sha512:${"b".repeat(128)}`;
const LINES: readonly ImageLine[] = [
  { repository: "docker.io/acme/app", digest: A },
  { repository: "registry.test:5000/acme/app", digest: B },
];
const TABLE = imageTable("1.2.3", LINES);

test("the table names each repository by tag and by digest", () => {
  assert.equal(
    TABLE,
    [
      "<!-- slipway:images -->",
      "| image | by digest |",
      "|---|---|",
      `| \`docker.io/acme/app:1.2.3\` | \`docker.io/acme/app@${A}\` |`,
      `| \`registry.test:5000/acme/app:1.2.3\` | \`registry.test:5000/acme/app@${B}\` |`,
      "<!-- /slipway:images -->",
    ].join("\n"),
  );
  assert.deepEqual(
    [...digestsIn(TABLE)],
    LINES.map(({ repository, digest }) => [repository, digest]),
  );
});

const TEXTS: readonly (readonly [what: string, body: string, rest: string, table: string | undefined])[] = [
  ["no table", "  notes\n", "notes", undefined],
  ["empty", "", "", undefined],
  ["only the table", TABLE, "", TABLE],
  ["text before", `notes\n\n${TABLE}`, "notes", TABLE],
  ["text on both sides", `notes\n\n${TABLE}\n\nsigned`, "notes\n\nsigned", TABLE],
  ["a begin without an end", "notes <!-- slipway:images --> more", "notes <!-- slipway:images --> more", undefined],
  [
    "the end before the begin",
    "<!-- /slipway:images --> <!-- slipway:images -->",
    "<!-- /slipway:images --> <!-- slipway:images -->",
    undefined,
  ],
];

for (const [what, body, rest, table] of TEXTS) {
  test(`a release's text: ${what}`, () => {
    assert.equal(withoutTable(body), rest);
    assert.equal(tableIn(body), table);
  });
}

test("digests outside of the table are nobody's promise", () => {
  assert.deepEqual([...digestsIn(`\`docker.io/acme/app@${B}\`\n\n${TABLE}`)][0], ["docker.io/acme/app", A]);
  assert.deepEqual([...digestsIn(`\`docker.io/acme/app@${B}\``)], []);
  assert.deepEqual([...digestsIn(TABLE.replace(A, "sha256:abc"))].length, 1);
});

test("lines ended as GitHub's page ends them are read all the same", () => {
  const body = `notes\n\n${TABLE}`.replaceAll("\n", "\r\n");
  assert.equal(withoutTable(body), "notes");
  assert.deepEqual([...digestsIn(body).keys()], ["docker.io/acme/app", "registry.test:5000/acme/app"]);
});

test("renewing the table changes nothing of what people wrote, however often", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "Ä", "\n", " ", "|", "`", "<!--", "-->", "@"), maxLength: 60 });
  const hex = fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 64, maxLength: 64 });
  const lines = fc.array(
    fc
      .tuple(fc.stringMatching(/^[a-z]{1,8}\.test(:\d{4})?\/[a-z]{1,8}$/), hex)
      .map(([repository, digits]): ImageLine => ({ repository, digest: `sha256:${digits}` })),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(text, text, lines, lines, (before, after, old, now) => {
      const body = `${before}\n\n${imageTable("1.0.0", old)}\n\n${after}`;
      const wanted = imageTable("1.0.0", now);
      const renewed = composeNotes(withoutTable(body), wanted);
      assert.equal(tableIn(renewed), wanted);
      assert.equal(withoutTable(renewed), withoutTable(body));
      assert.equal(composeNotes(withoutTable(renewed), wanted), renewed);
      const expected = new Map(now.map(({ repository, digest }) => [repository, digest]));
      assert.deepEqual(digestsIn(renewed), expected);
    }),
    { seed: 20260121, numRuns: 300 },
  );
});
