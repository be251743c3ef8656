import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { FieldValues } from "./form.ts";
import { answersOf, FORM } from "./in-test.ts";
import { decodeLink, encodeLink, shareableValues } from "./link.ts";

test("link: only what differs from the form's own answers", () => {
  assert.equal(encodeLink(FORM, answersOf({ port: 45_000, zone: "UTC" })), "v=1&source=docker-hub&tag=1.2.3");
  assert.equal(
    encodeLink(FORM, answersOf({ port: "8080", proxied: true, zone: "" }, { secrets: "env" })),
    "v=1&source=docker-hub&tag=1.2.3&secrets=env&.port=8080&.zone=&.proxied=true",
  );
});

test("link: no secret, and no login in an address, is in it or kept", () => {
  const values: FieldValues = {
    key: "canary-1",
    database: "postgres",
    password: "canary-2",
    proxied: true,
    proxy: "http://me:canary-3@proxy:3128",
    note: "see https://canary-4@example.com/",
  };
  const link = encodeLink(FORM, answersOf(values));
  assert.ok(!link.includes("canary"), link);
  assert.deepEqual(shareableValues(FORM, values), { database: "postgres", proxied: true });
});

const READ: readonly (readonly [link: string, answers: object])[] = [
  ["", { values: {} }],
  ["#v=2&source=aliyun", { values: {} }],
  ["#v=1&source=aliyun&tag=2.0", { source: "aliyun", edition: { kind: "tag", tag: "2.0" }, values: {} }],
  ["v=1&tag=a%20b", { values: {} }],
  [
    `v=1&digest=sha256:${"0".repeat(64)}&tag=1`,
    { edition: { kind: "digest", digest: `sha256:${"0".repeat(64)}` }, values: {} },
  ],
  ["v=1&secrets=env", { secrets: "env", values: {} }],
  ["v=1&secrets=x", { values: {} }],
  ["v=1&.port=8080&.proxied=true&.note=a%0Ab+c", { values: { port: 8080, proxied: true, note: "a\nb c" } }],
  ["v=1&.port=0&.database=oracle&.proxied=maybe&.name=A+B", { values: {} }],
  ["v=1&.key=planted&.password=planted", { values: {} }],
  ["v=1&.unknown=1&port=1&.__proto__=1&.constructor=1", { values: {} }],
  ["v=1&.system=windows&.restart=always", { values: { system: "windows" } }],
  [`v=1&.note=${"x".repeat(1001)}`, { values: {} }],
  ["v=1&%E0%A4%A", { values: {} }],
];
for (const [link, answers] of READ) {
  test(`link: ${JSON.stringify(link.slice(0, 60))} is read`, () => assert.deepEqual(decodeLink(FORM, link), answers));
}

test("link: whatever can be shared arrives as it was sent", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 30 }), fc.integer({ min: 1, max: 65_535 }), (note, port) => {
      const values = { note, port, database: "postgres" };
      const read = decodeLink(FORM, `#${encodeLink(FORM, answersOf(values))}`);
      const sent = shareableValues(FORM, values);
      if (/[\p{Cc}\p{Zl}\p{Zp}\uFEFF]/u.test(note)) return;
      assert.deepEqual(read.values, sent);
    }),
    { seed: 3, numRuns: 500 },
  );
});
