import type { ServeSettings } from "../../../config/slipway/serve.ts";
import type { TagSummary } from "../../../store/records.ts";
import type { Words } from "../../../words/words.ts";
import { type MirrorState, successRateOf } from "../../status/mirror-state.ts";
import type { MirrorShape } from "../shapes.ts";
import { runShape } from "./run.ts";

export function mirrorShape(words: Words, state: MirrorState, targets: ServeSettings["targets"]): MirrorShape {
  const { mirror, health, tags, record, active, queued, last, ended, limits, nextRunAt } = state;
  return {
    name: mirror.name,
    source: mirror.source,
    destinations: mirror.destinations,
    schedule: scheduleShape(state),
    health,
    tags: summaryShape(tags),
    nextRunAt,
    lastSuccessAt: record?.lastSuccessAt,
    lastRun: last && runShape(words, last),
    activeRun: active && runShape(words, active),
    queuedRun: queued && runShape(words, queued),
    limits,
    targets: {
      successRate: successRateOf(ended),
      successTarget: targets.success,
      lag: tags?.lag,
      lagTarget: targets.lag,
    },
  };
}

function scheduleShape({ mirror }: MirrorState): MirrorShape["schedule"] {
  const { schedule } = mirror.rule;
  if (schedule === undefined) return {};
  return schedule.kind === "every" ? { every: schedule.every } : { cron: schedule.cron, timeZone: schedule.timeZone };
}

function summaryShape(tags: TagSummary | undefined): TagSummary {
  const { total = 0, inStep = 0, behind = 0, failed = 0, behindSince, lag, inStepAt } = tags ?? {};
  return { total, inStep, behind, failed, behindSince, lag, inStepAt };
}
