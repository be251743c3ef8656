import assert from "node:assert/strict";
import { test } from "node:test";
import { readConfig } from "../../config/slipway/load-config.ts";
import { narrow } from "./narrow.ts";

const SIGNATURE = `sha256-${"a".repeat(64)}.sig`;

function ruleOf(yaml: string) {
  const nothing = { variable: () => undefined, file: () => "" };
  const text = `version: 1\nmirrors: [{ ${yaml} }]\n`;
  const [rule] = readConfig({ file: "slipway.yaml", text }, nothing).rules;
  assert.ok(rule !== undefined);
  return rule;
}

/** What is left of it, as `SOURCE=DESTINATION` tags, or `listed` with those that would be picked. */
function left(yaml: string, tags: readonly string[], areChosen = false): string {
  const narrowed = narrow(ruleOf(yaml), tags, areChosen);
  if (narrowed.kind === "nothing") return "nothing";
  if (narrowed.kind === "listed") return `listed ${[...narrowed.only].join(" ")}`;
  const { images, destinations } = narrowed.rule;
  assert.ok(images.kind === "tags");
  return images.tags
    .map((tag, index) => [tag, ...destinations.map((one) => one.tags?.[index] ?? "")].join("="))
    .join(" ");
}

const ROWS: readonly (readonly [yaml: string, tags: readonly string[], left: string])[] = [
  ["from: s.io/app, to: d.io/app", ["1.0", "x"], "1.0= x="],
  ["from: s.io/app, to: d.io/app, tags: { match: ['1.*'] }", ["1.0", "2.0"], "1.0="],
  [
    "from: s.io/app, to: d.io/app, tags: { semver: '>=2', include: [latest] }",
    ["1.0", "2.0", "latest"],
    "2.0= latest=",
  ],
  ["from: s.io/app, to: d.io/app, tags: { exclude: ['*-rc*'] }", ["1.0-rc1"], "nothing"],
  ["from: s.io/app, to: d.io/app, tags: { semver: '>=1', newest: 2 }", ["1.0", "x"], "listed 1.0"],
  ["from: s.io/app, to: d.io/app, tags: { semver: '>=1', newest: 2 }", ["x"], "nothing"],
  ["from: 's.io/app:1,2,3', to: ['d.io/app:a,b,c', d.io/other]", ["3", "1", "9"], "1=a= 3=c="],
  ["from: 's.io/app:1', to: d.io/app", ["2"], "nothing"],
  [`from: 's.io/app@sha256:${"a".repeat(64)}', to: d.io/app`, ["1"], "nothing"],
  ["from: s.io/app, to: d.io/app", [SIGNATURE, "1"], "1="],
  ["from: s.io/app, to: d.io/app, referrers: false", [SIGNATURE], `${SIGNATURE}=`],
  ["from: s.io/app, to: d.io/app", ["../../etc/passwd", "a b", ""], "nothing"],
];

for (const [yaml, tags, expected] of ROWS) {
  test(`${yaml}: of ${tags.join(", ")} it means ${expected}`, () => assert.equal(left(yaml, tags), expected));
}

test("what was chosen among the newest is not chosen again", () => {
  assert.equal(left("from: s.io/app, to: d.io/app, tags: { newest: 1 }", ["1.0", "2.0"], true), "1.0= 2.0=");
});
