import assert from "node:assert/strict";
import { test } from "node:test";
import { parseFlavor, parseTagRule } from "../metadata/index.ts";
import { floatingTemplates } from "./rule-tags.ts";

const CASES: readonly (readonly [
  rules: readonly string[] | undefined,
  flavor: readonly string[],
  templates: readonly string[],
])[] = [
  [undefined, [], ["latest"]],
  [undefined, ["latest=false"], ["latest"]],
  [["{{version}}"], [], ["latest"]],
  [["{{version}}"], ["latest=false"], []],
  [["{{version}}", "{{major}}.{{minor}}", "{{major}}", "latest"], [], ["{{major}}.{{minor}}", "{{major}}", "latest"]],
  [["type=semver,pattern={{major}},prefix=v"], ["latest=false", "suffix=-alpine"], ["v{{major}}-alpine"]],
  [["{{version}}", "latest"], ["suffix=-alpine,onlatest=true"], ["latest-alpine"]],
  [["type=match,pattern=v(\\d+),group=1"], ["latest=false"], ["1"]],
  [["type=ref,event=branch", "type=sha", "stable"], ["latest=false"], []],
];

for (const [rules, flavor, templates] of CASES) {
  test(`${rules?.join(" ") ?? "the usual rules"} with ${flavor.join(" ") || "no flavor"}: ${templates.join(", ")}`, () => {
    const publishing = { ...(rules !== undefined && { tags: rules.map(parseTagRule) }), flavor: parseFlavor(flavor) };
    assert.deepEqual(floatingTemplates(publishing), templates);
  });
}
