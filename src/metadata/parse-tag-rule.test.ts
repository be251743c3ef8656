import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SlipwayError } from "../words/error.ts";
import { parseFlavor } from "./flavor.ts";
import { parseTagRule } from "./parse-tag-rule.ts";
import type { TagRule } from "./tag-rule.ts";

/** A rule with its templates and expressions as they were written. */
function plain(rule: TagRule): Record<string, unknown> {
  const { text: _, enable, ...rest } = rule;
  const shown = Object.entries({ ...rest, ...(enable.text !== "true" && { enable }) });
  return Object.fromEntries(
    shown.map(([key, value]) => [
      key,
      value instanceof RegExp ? String(value) : typeof value === "object" ? value.text : value,
    ]),
  );
}

const READ: readonly (readonly [text: string, rule: Record<string, unknown>])[] = [
  // metadata-action's own tests for its grammar
  ["type=schedule", { type: "schedule", priority: 1000, pattern: "nightly" }],
  [
    "type=schedule,enable=true,pattern={{date 'YYYYMMDD'}}",
    { type: "schedule", priority: 1000, pattern: "{{date 'YYYYMMDD'}}" },
  ],
  ["type=semver,enable=true,pattern={{version}}", { type: "semver", priority: 900, pattern: "{{version}}" }],
  [
    "type=semver,priority=1,pattern={{version}},value=v1.0.0",
    { type: "semver", priority: 1, pattern: "{{version}}", value: "v1.0.0" },
  ],
  ["type=match,pattern=v(.*),group=1", { type: "match", priority: 800, pattern: "/v(.*)/", group: 1 }],
  [
    'type=match,enable=true,"pattern=^v(\\d.\\d.\\d)$",group=1',
    { type: "match", priority: 800, pattern: "/^v(\\d.\\d.\\d)$/", group: 1 },
  ],
  [
    "type=match,priority=700,pattern=v(.*),group=1,value=v1.2.3",
    { type: "match", priority: 700, pattern: "/v(.*)/", group: 1, value: "v1.2.3" },
  ],
  ["type=edge", { type: "edge", priority: 700 }],
  ["type=edge,enable=true,branch=master", { type: "edge", priority: 700, branch: "master" }],
  ["type=ref,event=tag", { type: "ref", priority: 600, event: "tag" }],
  ["type=ref,event=branch", { type: "ref", priority: 600, event: "branch" }],
  ["type=ref,event=pr", { type: "ref", priority: 600, event: "pr", prefix: "pr-" }],
  ["acustomtag", { type: "raw", priority: 200, value: "acustomtag" }],
  ["type=raw,value=acustomtag2", { type: "raw", priority: 200, value: "acustomtag2" }],
  ["type=raw,enable=false,value=acustomtag5", { type: "raw", priority: 200, value: "acustomtag5", enable: "false" }],
  ["type=raw,foo", { type: "raw", priority: 200, value: "foo" }],
  ["type=sha", { type: "sha", priority: 100, format: "short", prefix: "sha-" }],
  ["type=sha,format=long", { type: "sha", priority: 100, format: "long", prefix: "sha-" }],
  ["type=sha,prefix=", { type: "sha", priority: 100, format: "short", prefix: "" }],
  // the rest of the grammar
  [" type = raw , Value = a=b ", { type: "raw", priority: 200, value: "a=b" }],
  ["value=foo", { type: "raw", priority: 200, value: "foo" }],
  ["type=raw,value=", { type: "raw", priority: 200, value: "" }],
  ["type=semver,pattern={{version}},value=,match=", { type: "semver", priority: 900, pattern: "{{version}}" }],
  [
    "type=semver,pattern={{raw}},match=p/(.*)",
    { type: "semver", priority: 900, pattern: "{{raw}}", match: "/p\\/(.*)/" },
  ],
  ['type=raw,value="a,b"', { type: "raw", priority: 200, value: "a,b" }],
  ['type=raw,"value=say ""hi"", you"', { type: "raw", priority: 200, value: 'say "hi", you' }],
  ['type=raw,value=a"b', { type: "raw", priority: 200, value: 'a"b' }],
  ["type=raw,value={{date 'D, YYYY'}}", { type: "raw", priority: 200, value: "{{date 'D, YYYY'}}" }],
  ["type=match,pattern=/rc/i", { type: "match", priority: 800, pattern: "/rc/i", group: 0 }],
  [
    "type=sha,priority=-5,suffix=-{{branch}}",
    { type: "sha", priority: -5, format: "short", prefix: "sha-", suffix: "-{{branch}}" },
  ],
  // written as the tag
  ["{{version}}", { type: "semver", priority: 900, pattern: "{{version}}" }],
  ["v{{ major }}.{{{minor}}}", { type: "semver", priority: 900, pattern: "v{{ major }}.{{{minor}}}" }],
  [
    "{{major}},enable={{is_default_branch}}",
    { type: "semver", priority: 900, pattern: "{{major}}", enable: "{{is_default_branch}}" },
  ],
  ["latest", { type: "latest", priority: 0 }],
  ["latest,enable=false", { type: "latest", priority: 0, enable: "false" }],
  ["sha-{{sha}}", { type: "raw", priority: 200, value: "sha-{{sha}}" }],
  [
    "nightly-{{date \"YYYYMMDD\" tz='Asia/Tokyo'}}",
    { type: "raw", priority: 200, value: "nightly-{{date \"YYYYMMDD\" tz='Asia/Tokyo'}}" },
  ],
];

for (const [text, rule] of READ) {
  test(`${text} is read`, () => assert.deepEqual(plain(parseTagRule(text)), rule));
}

const KNOWN_WORDS = "branch, tag, sha, base_ref, is_default_branch, is_not_default_branch";
const REFUSED: readonly (readonly [text: string, reason: string])[] = [
  ["", "it is empty"],
  ["a\nb", "it has more than one line; one line is one rule"],
  ["type=foo", 'type is "foo"; it is one of schedule, semver, pep440, match, edge, ref, raw, sha'],
  ["type=latest", 'type is "latest"; it is one of schedule, semver, pep440, match, edge, ref, raw, sha'],
  ["type=ref", "event is missing; it is one of branch, tag, pr"],
  ["type=ref,event=foo", 'event is "foo"; it is one of branch, tag, pr'],
  ["type=raw", "value is missing"],
  ["type=semver", "pattern is missing"],
  ["type=pep440,pattern=", "pattern is missing"],
  ["type=match", "pattern is missing"],
  ["type=match,pattern=v(.*),group=foo", 'group is "foo", not a whole number'],
  ["type=match,pattern=v,group=-1", "group is -1; the first is 1, and 0 is all that matched"],
  ["type=match,pattern=(", "Invalid regular expression: /(/: Unterminated group"],
  ["type=match,pattern=/a/xyz", "Invalid flags supplied to RegExp constructor 'xyz'"],
  ["type=semver,pattern={{raw}},match=v", "match needs a group ( ) around the version"],
  ["type=sha,format=foo", 'format is "foo"; it is one of short, long'],
  ["type=sha,enable=foo", 'enable is "foo"; it is one of true, false'],
  ["type=sha,enable=", 'enable is ""; it is one of true, false'],
  ["type=sha,priority=high", 'priority is "high", not a whole number'],
  [
    "type=edge,brnach=x",
    'unknown key "brnach"; known with type=edge are branch, type, enable, priority, prefix, suffix',
  ],
  ["type=sha,value=x", 'unknown key "value"; known with type=sha are format, type, enable, priority, prefix, suffix'],
  ["latest,prefix=x", 'unknown key "prefix"; known with type=latest are latest, enable'],
  ["a,b", "value is given twice"],
  ["{{version}},pattern=x", "pattern is given twice"],
  ["type=raw,type=sha", "type is given twice"],
  ["type=raw,value={{version}}", `{{version}} is not known here; known are ${KNOWN_WORDS}, date, commit_date`],
  [
    "{{vesion}}",
    `{{vesion}} is not known here; known are ${KNOWN_WORDS}, version, raw, major, minor, patch, date, commit_date`,
  ],
  ["{{}}", `{{}} is not known here; known are ${KNOWN_WORDS}, version, raw, major, minor, patch, date, commit_date`],
  ["{{branch", "a {{ has no }} that closes it"],
  ["{{date}}", "{{date}} needs a format in quotes, such as {{date 'YYYYMMDD'}}"],
  ["{{date YYYYMMDD}}", "in {{date YYYYMMDD}}, what follows the name has to be in quotes"],
  ["{{date 'YYYY' zone='UTC'}}", "{{date}} takes a format and tz='ZONE', not zone='UTC'"],
  ["{{date 'YYYY' 'MM'}}", "{{date}} takes a format and tz='ZONE', not 'MM'"],
  ["{{date 'YYYY' tz='Tokyo'}}", '"Tokyo" is not a time zone, such as UTC or Asia/Shanghai'],
  ["{{branch 'x'}}", '{{branch}} takes no "x"'],
  ['type=raw,value="a', "a double quote is not closed, or text follows the closing one"],
  ['"type=raw', "a double quote is not closed, or text follows the closing one"],
  ['type=raw,"value=a"b', "a double quote is not closed, or text follows the closing one"],
];

for (const [text, reason] of REFUSED) {
  test(`${JSON.stringify(text)} is refused: ${reason}`, () => {
    assert.throws(() => parseTagRule(text), { code: "TAG_RULE_INVALID", facts: { text, reason } });
  });
}

test("any text is a rule or is refused, and a rule is read again as itself", () => {
  const part = fc.constantFrom(
    ..."type= semver raw sha latest pattern= value= enable= true , , \" ' {{ }} {{version}} {{sha}} {{date 'YYYY'}} x = ( \\d -".split(
      " ",
    ),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      try {
        const rule = parseTagRule(parts.join(""));
        assert.deepEqual(parseTagRule(rule.text), rule);
      } catch (error) {
        assert.ok(error instanceof SlipwayError && error.code === "TAG_RULE_INVALID", String(error));
      }
    }),
    { seed: 7, numRuns: 3000 },
  );
});

test("a flavor is read from its lines, the later ones win", () => {
  assert.deepEqual(parseFlavor([]), { latest: "auto" });
  assert.deepEqual(parseFlavor(["latest=auto", "latest=true"]), { latest: true });
  const { latest, prefix, suffix } = parseFlavor(["prefix=a-,onlatest=true,suffix=-{{branch}}", "latest=false"]);
  assert.deepEqual(
    [latest, prefix?.template.text, prefix?.onLatest, suffix?.template.text, suffix?.onLatest],
    [false, "a-", true, "-{{branch}}", false],
  );
});

const FLAVORS_REFUSED: readonly (readonly [text: string, reason: string])[] = [
  ["latest", '"latest" is not key=value'],
  ["latest=maybe", 'latest is "maybe"; it is one of auto, true, false'],
  ["perfix=x", 'unknown key "perfix"; known in a flavor are latest, prefix, suffix, onlatest'],
  ["onlatest=true", "onlatest belongs after a prefix or a suffix"],
  ["suffix=x,onlatest=yes", 'onlatest is "yes"; it is one of true, false'],
  ["prefix={{version}}", `{{version}} is not known here; known are ${KNOWN_WORDS}, date, commit_date`],
];

for (const [text, reason] of FLAVORS_REFUSED) {
  test(`the flavor ${text} is refused: ${reason}`, () => {
    assert.throws(() => parseFlavor([text]), { code: "TAG_FLAVOR_INVALID", facts: { text, reason } });
  });
}
