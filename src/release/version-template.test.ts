import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fillVersion, versionInTag } from "./version-template.ts";

const FILLED: readonly (readonly [text: string, version: string | undefined, gives: string])[] = [
  ["app-{{version}}.zip", "1.2.3", "app-1.2.3.zip"],
  ["{{ version }}/{{major}}.{{minor}}.{{patch}}", "1.2.3-rc.1", "1.2.3-rc.1/1.2.3"],
  ["{{major}}.{{minor}}", "1.2", "1.2"],
  ["{{version}} {{version}}", "1.2.3", "1.2.3 1.2.3"],
  ["no slot", undefined, "no slot"],
  ["{version} {{}} }}{{", undefined, "{version} {{}} }}{{"],
  ["$&-{{version}}", "1.2.3", "$&-1.2.3"],
];

for (const [text, version, gives] of FILLED) {
  test(`${text} of ${version} is ${gives}`, () => assert.equal(fillVersion(text, version, "release.tag"), gives));
}

test("what a text asks for and there is not is told with the key", () => {
  assert.throws(() => fillVersion("a{{version}}", undefined, "source.url"), {
    code: "VERSION_NEEDED",
    facts: { where: "source.url (a{{version}})" },
  });
  assert.throws(() => fillVersion("a{{sha}}", "1.2.3", "source.url"), {
    code: "TEMPLATE_SLOT_UNKNOWN",
    facts: { where: "source.url", slot: "sha", known: "version, major, minor, patch" },
  });
});

const FOUND: readonly (readonly [tag: string, template: string, version: string | undefined])[] = [
  ["v1.2.3", "v{{version}}", "1.2.3"],
  ["v1.2.3-rc.1", "v{{ version }}", "1.2.3-rc.1"],
  ["1.2.3", "{{version}}", "1.2.3"],
  ["v1.2.3", "{{version}}", "1.2.3"],
  ["app/v1.2.3-final", "app/v{{version}}-final", "1.2.3"],
  ["app.v1.2.3", "app.v{{version}}", "1.2.3"],
  ["appxv1.2.3", "app.v{{version}}", undefined],
  ["v1.2.3", "v{{major}}.{{minor}}.{{patch}}", "1.2.3"],
  ["v1.2.3.4", "v{{major}}.{{minor}}.{{patch}}", undefined],
  ["1/v1.2.3", "{{major}}/v{{version}}", "1.2.3"],
  ["2/v1.2.3", "{{major}}/v{{version}}", undefined],
  ["v1.2", "v{{major}}.{{minor}}", undefined],
  ["v", "v{{version}}", undefined],
  ["1.2.3", "v{{version}}", undefined],
  ["vnext", "v{{version}}", undefined],
  ["release", "release", undefined],
];

for (const [tag, template, version] of FOUND) {
  test(`${tag} by ${template} is ${version ?? "no version"}`, () => assert.equal(versionInTag(tag, template), version));
}

test("the version of a git tag is the one that it was made of", () => {
  const number = fc.nat({ max: 9999 });
  const version = fc
    .tuple(number, number, number, fc.option(fc.constantFrom("rc.1", "beta", "0.3.7"), { nil: undefined }))
    .map(([major, minor, patch, before]) => `${major}.${minor}.${patch}${before === undefined ? "" : `-${before}`}`);
  const around = fc.string({ maxLength: 6 }).filter((text) => !/[{}]/.test(text));
  const slots = fc.constantFrom("{{version}}", "{{major}}/{{version}}", "{{ version }}");
  fc.assert(
    fc.property(version, around, slots, around, (made, before, slot, after) => {
      const template = `${before}${slot}${after}`;
      assert.equal(versionInTag(fillVersion(template, made, "release.tag"), template), made);
    }),
    { seed: 20260121, numRuns: 500 },
  );
});
