import assert from "node:assert/strict";
import { test } from "node:test";
import { SlipwayError } from "../../words/error.ts";
import { problemsOf } from "../reading/problems.ts";
import { Refusal } from "../refusal.ts";
import type { Absent } from "../variables/interpolate.ts";
import { readConfig } from "./load-config.ts";

const LOOKUP = {
  variable: (name: string) => ({ HOOK: "https://hooks.example.com/canary", EMPTY: "" })[name],
  file: (): string => {
    throw new Refusal("there is no such file");
  },
};

function read(notify: string, absent: Absent = "problem") {
  return readConfig({ file: "slipway.yaml", text: `version: 1\nnotify:\n${notify}` }, LOOKUP, absent).notify;
}

function problems(notify: string): readonly string[] {
  try {
    read(notify);
    return [];
  } catch (thrown) {
    assert.ok(thrown instanceof SlipwayError);
    return problemsOf(thrown).map(({ message }) => message);
  }
}

test("channels are read, each with a name of its own", () => {
  const usual = ["failed", "partial", "recovered", "still-failing", "silence", "lag", "expiry", "digest"];
  assert.deepEqual(
    read(`  - feishu: \${HOOK}
    secret: s
  - { feishu: "\${HOOK}", on: always }
  - { slack: "\${HOOK}", name: team, on: [failed, released], lang: zh-CN }
  - email: { smtp: "smtp://a:b@mail.example.org", from: a@example.org, to: [b@example.org] }
  - { dingtalk: "\${EMPTY}", secret: "\${EMPTY}" }
  - { webhook: http://127.0.0.1:8080/hook, internal: true }
  - { webhook: http://127.0.0.1:8080/hook, internal: false }`),
    [
      { name: "feishu", on: usual, kind: "feishu", url: "https://hooks.example.com/canary", secret: "s" },
      { name: "feishu-2", on: ["always"], kind: "feishu", url: "https://hooks.example.com/canary" },
      {
        name: "team",
        on: ["failed", "released"],
        lang: "zh-CN",
        kind: "slack",
        url: "https://hooks.example.com/canary",
      },
      {
        name: "email",
        on: usual,
        kind: "email",
        smtp: "smtp://a:b@mail.example.org",
        from: "a@example.org",
        to: ["b@example.org"],
      },
      { name: "dingtalk", on: usual, kind: "dingtalk", url: "" },
      { name: "webhook", on: usual, internal: true, kind: "webhook", url: "http://127.0.0.1:8080/hook" },
      { name: "webhook-2", on: usual, kind: "webhook", url: "http://127.0.0.1:8080/hook" },
    ],
  );
});

const WRONG: readonly (readonly [notify: string, told: RegExp])[] = [
  ["  - on: failed", /one of feishu, dingtalk, wecom, slack, webhook and email has to be given, and only one/],
  ["  - { feishu: '${HOOK}', slack: '${HOOK}' }", /and only one/],
  ["  - { wecom: '${HOOK}', secret: canary }", /secret does not go with wecom/],
  ["  - { slack: '${HOOK}', name: a }\n  - { wecom: '${HOOK}', name: a }", /a is another channel's name/],
  ["  - slack: http://hooks.example.com/canary", /notify\[0\]\.slack.*expected an https address/],
  ["  - slack: canary", /expected an https address/],
  ["  - email: { smtp: 'https://canary', from: a, to: b }", /expected smtp:\/\//],
  ["  - { slack: '${HOOK}', on: sometimes }", /expected one of failed, partial, recovered, released, always/],
  ["  - slack: ${MISSING}", /MISSING/],
];

for (const [notify, told] of WRONG) {
  test(`wrong: ${notify.trim()}`, () => {
    const [problem = "", ...others] = problems(notify);
    assert.match(problem, told);
    assert.deepEqual(others, []);
    assert.doesNotMatch(problem, /canary/);
  });
}

test("work that tells nobody anything needs no secrets", () => {
  for (const absent of ["no-logins", "unwritten"] as const) {
    const [channel] = read("  - { feishu: '${MISSING}', secret: '${MISSING}' }", absent) ?? [];
    assert.ok(channel?.kind === "feishu");
    assert.equal(channel.url, "${MISSING}");
  }
});
