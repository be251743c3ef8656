import assert from "node:assert/strict";
import { test } from "node:test";
import type { StoredError } from "../../store/records.ts";
import { type Language, wordsOf } from "../../words/words.ts";
import { compose } from "./compose.ts";
import type { Item, News, Phase } from "./news.ts";
import type { Setting } from "./setting.ts";
import type { Trouble, TroubleKind } from "./trouble.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.parse("2026-03-01T12:00:00Z");
const SETTING: Setting = {
  project: "shop",
  url: "https://slipway.example.com/",
  timeZone: "Asia/Shanghai",
  targets: { success: 99, lag: HOUR / 2 },
};
const ENDED = {
  code: "CREDENTIAL_EXPIRED",
  facts: { host: "d.io", origin: "a file", date: "today" },
  retryable: false,
};
const UNKNOWN = { code: "MIRROR_UNKNOWN", facts: { mirror: "x\u001b[31m" }, retryable: false };

const SINCE = { since: NOW - HOUR, mayOpen: true };

function item(trouble: Trouble): Item {
  const { kind, subject, since } = trouble;
  const error = "error" in trouble ? trouble.error : undefined;
  return { incident: { kind, subject, since, toldAt: NOW, times: 1, ...(error !== undefined && { error }) }, trouble };
}

function failed(subject: string, error?: StoredError): Item {
  return item({ kind: "failed", subject, ...SINCE, run: `run-${subject}`, ...(error !== undefined && { error }) });
}

function news(kind: TroubleKind, phase: Phase, items: readonly Item[]): News {
  return { kind, phase, at: NOW, items };
}

function shown(what: News, language: Language = "en", setting = SETTING): readonly string[] {
  const { state, type, title, facts, lines, links } = compose(what, setting)(wordsOf(language));
  return [
    `${state} ${type}`,
    title,
    ...facts.map(({ label, value }) => `${label}: ${value}`),
    ...lines,
    ...links.map(({ text, url }) => `${text} → ${url}`),
  ];
}

const TABLE: readonly (readonly [what: string, news: News, language: Language, shown: readonly string[]])[] = [
  [
    "a mirror fails",
    news("failed", "began", [failed("app/x", ENDED)]),
    "en",
    [
      "failed slipway.sync.failed",
      "Failed: shop, mirror app/x",
      "Since: 2026-03-01 19:00 Asia/Shanghai",
      "the credential for d.io from a file expired on today",
      "log in again, or make a new token and put it there",
      "Run → https://slipway.example.com/#/runs/run-app%2Fx",
      "Mirror → https://slipway.example.com/#/mirrors/app%2Fx",
    ],
  ],
  [
    "a mirror fails, nobody knows why",
    news("failed", "began", [failed("a")]),
    "zh-CN",
    [
      "failed slipway.sync.failed",
      "失败：shop，镜像任务 a",
      "开始于: 2026-03-01 19:00 Asia/Shanghai",
      "原因见运行日志",
      "运行记录 → https://slipway.example.com/#/runs/run-a",
      "镜像任务 → https://slipway.example.com/#/mirrors/a",
    ],
  ],
  [
    "many mirrors still fail for two reasons, the more frequent first",
    news("failed", "again", [failed("c", UNKNOWN), failed("a", ENDED), failed("b", ENDED)]),
    "en",
    [
      "failed slipway.sync.still-failing",
      "Still failing: shop, 3 mirrors",
      "the credential for d.io from a file expired on today (a, b)",
      "there is no mirror x\uFFFD[31m (c)",
      "Dashboard → https://slipway.example.com/",
    ],
  ],
  [
    "many mirrors fail for one reason",
    news(
      "failed",
      "began",
      Array.from({ length: 12 }, (_, at) => failed(`m${at}`, ENDED)),
    ),
    "zh-CN",
    [
      "failed slipway.sync.failed",
      "失败：shop，12 个镜像任务",
      "d.io 的凭证（来自 a file）已于 today 失效（m0、m1、m2、m3、m4、m5、m6、m7、m8、m9 等，另有 2 个）",
      "请重新登录，或生成新的令牌并填入该处",
      "控制台 → https://slipway.example.com/",
    ],
  ],
  [
    "mirrors are good again",
    news("partial", "over", [failed("a"), failed("b")]),
    "en",
    [
      "recovered slipway.sync.recovered",
      "Good again: shop, 2 mirrors",
      "a: had been wrong since 2026-03-01 19:00 Asia/Shanghai",
      "b: had been wrong since 2026-03-01 19:00 Asia/Shanghai",
      "Dashboard → https://slipway.example.com/",
    ],
  ],
  [
    "silence",
    news("silence", "again", [item({ kind: "silence", subject: "a", ...SINCE })]),
    "en",
    [
      "failed slipway.sync.still-failing",
      "Silent: shop, mirror a",
      "a: not seen in step since 2026-03-01 19:00 Asia/Shanghai",
      "Mirror → https://slipway.example.com/#/mirrors/a",
    ],
  ],
  [
    "lag",
    news("lag", "began", [item({ kind: "lag", subject: "a", ...SINCE, tags: 3 })]),
    "zh-CN",
    [
      "partial slipway.sync.behind",
      "同步落后：shop，镜像任务 a",
      "a：自 2026-03-01 19:00 Asia/Shanghai 起未完全同步（标签数：3；目标：30 分钟）",
      "镜像任务 → https://slipway.example.com/#/mirrors/a",
    ],
  ],
  [
    "a rate is never shown as better than it is",
    news("success", "began", [item({ kind: "success", subject: "a", ...SINCE, rate: 98.97, runs: 97 })]),
    "en",
    [
      "partial slipway.sync.unreliable",
      "Fails too often: shop, mirror a",
      "a: of 97 runs in 7 days 98.9 % went well (target 99 %)",
      "Mirror → https://slipway.example.com/#/mirrors/a",
    ],
  ],
  [
    "a credential ends",
    news("expiry", "again", [item({ kind: "expiry", subject: "ghcr.io, a file", ...SINCE, ends: NOW + 6.5 * DAY })]),
    "en",
    [
      "partial slipway.credential.expiring",
      "Credential ends: shop, ghcr.io, a file",
      "ghcr.io, a file: ends on 2026-03-08 08:00 Asia/Shanghai (days left: 7)",
      "Dashboard → https://slipway.example.com/",
    ],
  ],
  [
    "a credential has ended",
    news("expiry", "again", [item({ kind: "expiry", subject: "ghcr.io, a file", ...SINCE, ends: NOW })]),
    "zh-CN",
    [
      "failed slipway.credential.expiring",
      "凭证过期：shop，ghcr.io, a file",
      "ghcr.io, a file：已于 2026-03-01 20:00 Asia/Shanghai 过期",
      "控制台 → https://slipway.example.com/",
    ],
  ],
  [
    "the configuration is refused",
    news("configuration", "began", [item({ kind: "configuration", subject: "slipway.yaml", ...SINCE, error: ENDED })]),
    "en",
    [
      "failed slipway.configuration.refused",
      "Configuration refused: shop, its configuration",
      "Since: 2026-03-01 19:00 Asia/Shanghai",
      "the credential for d.io from a file expired on today",
      "log in again, or make a new token and put it there",
      "Dashboard → https://slipway.example.com/",
    ],
  ],
];

for (const [what, told, language, expected] of TABLE) {
  test(`a message: ${what}`, () => assert.deepEqual(shown(told, language), expected));
}

test("a message has links where it is known how people reach the dashboard", () => {
  const { url: _, ...setting } = SETTING;
  assert.deepEqual(compose(news("failed", "began", [failed("a")]), setting)(wordsOf("en")).links, []);
});

test("a message's id is that of what it tells, in whichever order, language and process", () => {
  const id = (kind: TroubleKind, phase: Phase, items: readonly Item[], language: Language = "en") =>
    compose(news(kind, phase, items), SETTING)(wordsOf(language)).id;
  const [a, b] = [failed("a"), failed("b")];
  const known = id("failed", "began", [a, b]);
  assert.match(known, /^msg_[0-9a-f]{32}$/);
  assert.equal(id("failed", "began", [b, a], "zh-CN"), known);
  const later = { ...a, incident: { ...a.incident, since: NOW } };
  const again = { ...a, incident: { ...a.incident, times: 2 } };
  const others = [
    id("failed", "over", [a, b]),
    id("partial", "began", [a, b]),
    id("failed", "began", [a]),
    id("failed", "began", [later, b]),
    id("failed", "began", [again, b]),
  ];
  assert.equal(new Set([known, ...others]).size, 6);
});

test("a program is told as many names as fit", () => {
  const all = Array.from({ length: 1000 }, (_, at) => failed(`mirror-${at}`, ENDED));
  const { data } = compose(news("failed", "began", all), SETTING)(wordsOf("en"));
  assert.deepEqual([data.count, data.errors], [1000, ["CREDENTIAL_EXPIRED"]]);
  assert.ok(Array.isArray(data.subjects) && data.subjects.length === 100);
});
