import { successRateOf } from "../status/mirror-state.ts";
import type { Facts, MirrorFacts } from "./facts.ts";
import type { Trouble } from "./trouble.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** After a start what was missed meanwhile is made good first. */
const CATCHING_UP = 5 * MINUTE;
/** A single bad run has been told of as such. */
const FEW_BAD_RUNS = 2;

/** Days before its end on which a credential is spoken of. */
export const EXPIRY_DAYS = [14, 7, 3, 1, 0] as const;
/** Milliseconds before its end from which on a credential is an incident. */
export const EXPIRY_NOTICE = Math.max(...EXPIRY_DAYS) * DAY;

/** All that is wrong. A mirror has its worst trouble alone, and a rate of success besides. */
export function troublesOf(facts: Facts): readonly Trouble[] {
  const { now, endings = [], configuration } = facts;
  const { file, refused } = configuration;
  return [
    ...facts.mirrors.flatMap((mirror) => [...mirrorTrouble(mirror, facts), ...successTrouble(mirror, facts)]),
    ...endings
      .filter(({ ends }) => ends - EXPIRY_NOTICE <= now)
      .map(({ subject, ends }): Trouble => {
        return { kind: "expiry", subject, since: ends - EXPIRY_NOTICE, mayOpen: true, ends };
      }),
    ...(refused === undefined
      ? []
      : [{ kind: "configuration", subject: file, since: now, mayOpen: true, error: refused } as const]),
  ];
}

function mirrorTrouble(mirror: MirrorFacts, facts: Facts): readonly Trouble[] {
  const { name: subject, record, tags, silence, failure } = mirror;
  const { now, startedAt, targets, configuration } = facts;
  if (record?.lastState === "failed" || record?.lastState === "partial") {
    return [{ kind: record.lastState, subject, since: record.lastEndedAt ?? now, mayOpen: true, ...failure }];
  }
  const seenAt = record?.lastSuccessAt ?? configuration.loadedAt;
  if (silence !== undefined && now - seenAt > silence) {
    return [
      { kind: "silence", subject, since: seenAt, mayOpen: now - startedAt >= Math.max(CATCHING_UP, silence / 3) },
    ];
  }
  const behindSince = tags?.behindSince;
  if (tags !== undefined && behindSince !== undefined && now - behindSince > targets.lag) {
    const behind = tags.behind + tags.failed;
    return [{ kind: "lag", subject, since: behindSince, mayOpen: now - startedAt >= CATCHING_UP, tags: behind }];
  }
  return [];
}

function successTrouble({ name, ended, record }: MirrorFacts, { now, targets }: Facts): readonly Trouble[] {
  const rate = successRateOf(ended);
  const { done = 0, partial = 0, failed = 0 } = ended?.states ?? {};
  if (rate === undefined || rate >= targets.success || partial + failed < FEW_BAD_RUNS) return [];
  // Whoever has just heard that it fails need not hear that it does so often.
  const mayOpen = record?.lastState !== "failed" && record?.lastState !== "partial";
  return [{ kind: "success", subject: name, since: now, mayOpen, rate, runs: done + partial + failed }];
}
