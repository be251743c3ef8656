import assert from "node:assert/strict";
import { test } from "node:test";
import type { EndedRuns, IncidentRecord, MirrorRecord } from "../../store/records.ts";
import { NO_RUN_COUNTS } from "../../store/records.ts";
import type { Facts, MirrorFacts } from "./facts.ts";
import { round } from "./round.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.parse("2026-03-01T12:00:00Z");
const FILE = "slipway.yaml";
const BROKEN = { code: "NETWORK_FAILED", facts: {}, retryable: true };
const OTHER = { code: "MANIFEST_UNKNOWN", facts: {}, retryable: false };

const FACTS: Facts = {
  now: NOW,
  startedAt: NOW - DAY,
  mirrors: [{ name: "a" }],
  targets: { success: 99, lag: 30 * MINUTE },
  remind: 6 * HOUR,
  configuration: { file: FILE, loadedAt: NOW - DAY },
  channels: ["feishu"],
};

function mirror(record: Partial<MirrorRecord>, others: Partial<MirrorFacts> = {}): Partial<Facts> {
  return { mirrors: [{ name: "a", record: { mirror: "a", ...record }, ...others }] };
}

function incident(kind: string, others: Partial<IncidentRecord> = {}): IncidentRecord {
  const subject = kind === "configuration" ? FILE : kind === "expiry" ? "ghcr.io, here" : "a";
  return { kind, subject, since: NOW - HOUR, toldAt: NOW - HOUR, times: 1, ...others };
}

function ended(done: number, failed: number): EndedRuns {
  return { states: { done, failed }, counts: NO_RUN_COUNTS };
}

const failed = (endedAt = NOW) => ({ lastState: "failed", lastEndedAt: endedAt }) as const;
const partial = (endedAt = NOW) => ({ lastState: "partial", lastEndedAt: endedAt }) as const;
const good = (at = NOW) => ({ lastState: "done", lastEndedAt: at, lastSuccessAt: at }) as const;
const silentFor = (time: number, limit = HOUR) => mirror({ ...good(NOW - time) }, { silence: limit });
const behindFor = (time: number) =>
  mirror(good(), { tags: { total: 9, inStep: 7, behind: 1, failed: 1, behindSince: NOW - time } });
const ends = (inTime: number) => ({ endings: [{ subject: "ghcr.io, here", ends: NOW + inTime }] });
const refused = { configuration: { file: FILE, loadedAt: NOW - DAY, refused: OTHER } };

/** What is said, and what is known afterwards. */
const TABLE: readonly (readonly [
  what: string,
  facts: Partial<Facts>,
  known: readonly IncidentRecord[],
  said: readonly string[],
  open: readonly string[],
])[] = [
  ["nothing is wrong", mirror(good()), [], [], []],
  ["nothing is known", {}, [], [], []],
  ["a run fails", mirror(failed()), [], ["failed began"], ["failed"]],
  ["a run fails again", mirror(failed()), [incident("failed")], [], ["failed"]],
  ["a run fails after it was so in part", mirror(failed()), [incident("partial")], ["failed began"], ["failed"]],
  ["it is so in part after it failed", mirror(partial()), [incident("failed")], [], ["failed"]],
  ["something is left out", mirror(partial()), [], ["partial began"], ["partial"]],
  [
    "it fails for six hours",
    mirror(failed()),
    [incident("failed", { toldAt: NOW - 6 * HOUR })],
    ["failed again"],
    ["failed"],
  ],
  ["it is good again", mirror(good()), [incident("failed")], ["failed over"], []],
  [
    "one tag went well, but nobody has looked at all of them",
    mirror({ lastState: "done", lastEndedAt: NOW, lastSuccessAt: NOW - DAY }),
    [incident("failed")],
    [],
    ["failed"],
  ],
  [
    "a run was cancelled after it failed",
    mirror({ lastState: "cancelled", lastEndedAt: NOW }),
    [incident("failed")],
    [],
    ["failed"],
  ],
  [
    "it was good for a moment between two looks",
    mirror({ ...failed(), lastSuccessAt: NOW - MINUTE }),
    [incident("failed")],
    [],
    ["failed"],
  ],
  [
    "it was good for a moment, and is so in part now",
    mirror({ ...partial(), lastSuccessAt: NOW - MINUTE }),
    [incident("failed")],
    ["partial began"],
    ["partial"],
  ],
  ["it was good again, but nobody had been told", mirror(good()), [incident("failed", { toldAt: undefined })], [], []],
  ["nobody has seen it in step", silentFor(HOUR + 1), [], ["silence began"], ["silence"]],
  ["nobody has seen it in step, just so", silentFor(HOUR), [], [], []],
  ["it was never in step since it is known", mirror({}, { silence: HOUR }), [], ["silence began"], ["silence"]],
  ["it is silent just after a start", { ...silentFor(6 * HOUR, 3 * HOUR), startedAt: NOW - HOUR + 1 }, [], [], []],
  [
    "it is silent just after a start, and was so before",
    { ...silentFor(HOUR + 1), startedAt: NOW },
    [incident("silence")],
    [],
    ["silence"],
  ],
  [
    "it fails while it is silent",
    mirror({ ...failed() }, { silence: 1 }),
    [incident("silence")],
    ["failed began"],
    ["failed"],
  ],
  ["silence ends", mirror(good(), { silence: HOUR }), [incident("silence")], ["silence over"], []],
  [
    "silence lasts",
    silentFor(9 * HOUR),
    [incident("silence", { since: NOW - 9 * HOUR, toldAt: NOW - 6 * HOUR })],
    ["silence again"],
    ["silence"],
  ],
  ["a tag is behind for longer than the target", behindFor(30 * MINUTE + 1), [], ["lag began"], ["lag"]],
  ["a tag is behind for as long as the target", behindFor(30 * MINUTE), [], [], []],
  ["a tag stays behind", behindFor(DAY), [incident("lag", { toldAt: NOW - DAY })], [], ["lag"]],
  ["a tag is behind just after a start", { ...behindFor(HOUR), startedAt: NOW - MINUTE }, [], [], []],
  ["a lag is made good", mirror(good()), [incident("lag")], ["lag over"], []],
  ["too few runs go well", mirror(good(), { ended: ended(97, 2) }), [], ["success began"], ["success"]],
  [
    "too few runs go well, and the last one failed",
    mirror(failed(), { ended: ended(97, 2) }),
    [],
    ["failed began"],
    ["failed"],
  ],
  ["one run of few went wrong", mirror(good(), { ended: ended(1, 1) }), [], [], []],
  ["enough runs go well", mirror(good(), { ended: ended(198, 2) }), [], [], []],
  [
    "too few runs still go well",
    mirror(good(), { ended: ended(9, 2) }),
    [incident("success", { toldAt: 1 })],
    [],
    ["success"],
  ],
  ["enough runs go well again", mirror(good(), { ended: ended(300, 2) }), [incident("success")], ["success over"], []],
  ["nobody knows how many went well", mirror(good()), [incident("success")], [], ["success"]],
  ["a credential ends in two weeks and a bit", ends(14 * DAY + 1), [], [], []],
  ["a credential ends in two weeks", ends(14 * DAY), [], ["expiry began"], ["expiry"]],
  [
    "it ends in a week and a bit",
    ends(7 * DAY + 1),
    [incident("expiry", { toldAt: NOW - 7 * DAY + 1 })],
    [],
    ["expiry"],
  ],
  ["it ends in a week", ends(7 * DAY), [incident("expiry", { toldAt: NOW - 7 * DAY })], ["expiry again"], ["expiry"]],
  ["it ends in a week, as was said", ends(7 * DAY - 1), [incident("expiry", { toldAt: NOW - 1 })], [], ["expiry"]],
  [
    "nobody looked when it ended in 3 days",
    ends(2 * DAY),
    [incident("expiry", { toldAt: NOW - 3 * DAY })],
    ["expiry again"],
    ["expiry"],
  ],
  ["it ends tomorrow", ends(DAY), [incident("expiry", { toldAt: NOW - DAY })], ["expiry again"], ["expiry"]],
  ["it has ended", ends(0), [incident("expiry", { toldAt: NOW - 1 })], ["expiry again"], ["expiry"]],
  ["it ended long ago, as was said", ends(-DAY), [incident("expiry", { toldAt: NOW - HOUR })], [], ["expiry"]],
  ["it was renewed", ends(90 * DAY), [incident("expiry")], [], []],
  ["nobody has looked at credentials yet", {}, [incident("expiry")], [], ["expiry"]],
  ["the configuration is refused", refused, [], ["configuration began"], ["configuration"]],
  [
    "it counts again",
    { configuration: { file: FILE, loadedAt: NOW } },
    [incident("configuration")],
    ["configuration over"],
    [],
  ],
  ["another process has another file", {}, [incident("configuration")], [], ["configuration"]],
  ["a mirror is gone", { mirrors: [] }, [incident("failed", { since: NOW - 2 * DAY })], [], []],
  ["a mirror is not in an older configuration", { mirrors: [] }, [incident("failed")], [], ["failed"]],
  ["a channel does not work", {}, [incident("channel", { subject: "feishu" })], [], ["channel"]],
  ["a channel is gone", {}, [incident("channel", { subject: "slack" })], [], []],
  ["a note of the digest", {}, [incident("digest")], [], ["digest"]],
];

for (const [what, facts, known, said, open] of TABLE) {
  test(`round: ${what}`, () => {
    const verdict = round({ ...FACTS, ...facts }, known);
    assert.deepEqual(
      verdict.news.map(({ kind, phase }) => `${kind} ${phase}`),
      said,
    );
    assert.deepEqual(
      after(known, verdict.changes).map(({ kind }) => kind),
      open,
    );
    const next = round({ ...FACTS, ...facts }, after(known, verdict.changes));
    assert.deepEqual([next.changes, next.news], [[], []], "said once");
  });
}

/** What is known when changes have been made. */
function after(known: readonly IncidentRecord[], changes: ReturnType<typeof round>["changes"]) {
  const left = known.filter((one) => !changes.some(({ was }) => was === one));
  return [...left, ...changes.flatMap(({ is }) => is ?? [])];
}

test("round: what fails in one round is told in one message, and why", () => {
  const facts = {
    ...FACTS,
    mirrors: ["a", "b", "c", "d"].map((name) => ({
      name,
      record: { mirror: name, ...(name === "d" ? good() : failed()) },
      failure: { run: `run-${name}`, error: name === "c" ? OTHER : BROKEN },
    })),
  };
  const { news, changes } = round(facts, []);
  assert.equal(news.length, 1);
  assert.deepEqual(
    news[0]?.items.map(({ incident: { subject, error } }) => [subject, error?.code]),
    [
      ["a", "NETWORK_FAILED"],
      ["b", "NETWORK_FAILED"],
      ["c", "MANIFEST_UNKNOWN"],
    ],
  );
  assert.equal(changes.length, 3);
});

test("round: what is shown of an incident is why it is so now", () => {
  const facts = { ...FACTS, ...mirror(failed(), { failure: { error: OTHER } }) };
  const was = incident("failed", { error: BROKEN });
  assert.deepEqual(round(facts, [was]), { changes: [{ was, is: { ...was, error: OTHER } }], news: [] });
});
