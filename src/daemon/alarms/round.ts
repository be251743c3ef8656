import type { IncidentRecord } from "../../store/records.ts";
import type { IncidentChange } from "../../store/store.ts";
import { CHANNEL } from "../outbox/index.ts";
import { isDueAgain } from "./due-again.ts";
import type { Facts } from "./facts.ts";
import type { Item, News, Phase } from "./news.ts";
import { isGone, isOver } from "./over.ts";
import { isMirrorTrouble, isTroubleKind, rankOf, type Trouble, type TroubleKind } from "./trouble.ts";
import { troublesOf } from "./troubles.ts";

/** What a round comes to: what is to be changed, and what is to be said of it, with one another or not at all. */
export interface Verdict {
  readonly changes: readonly IncidentChange[];
  readonly news: readonly News[];
}

interface Step extends IncidentChange {
  readonly said?: { readonly phase: Phase; readonly item: Item; readonly kind: TroubleKind };
}

/**
 * Compares what is wrong with what was known to be, and says what has changed: what began, what is still so after a
 * while, what is over. A mirror's trouble is told anew only when it becomes worse. Nothing is known but what it is given,
 * so that whoever is killed, or comes second, says the same.
 */
export function round(facts: Facts, incidents: readonly IncidentRecord[]): Verdict {
  const troubles = new Map(troublesOf(facts).map((trouble) => [keyOf(trouble), trouble]));
  const held = new Set<string>();
  const steps: Step[] = [];
  for (const was of incidents) {
    const step = stepOf(was, troubles.get(keyOf(was)), facts);
    if (step === undefined || step.is !== undefined) held.add(keyOf(was));
    if (step !== undefined) steps.push(step);
  }
  for (const [key, trouble] of troubles) {
    if (trouble.mayOpen && !held.has(key)) steps.push(opened(trouble, facts));
  }
  return { changes: joined(steps), news: newsOf(steps, facts) };
}

/** Whose trouble it is: of a mirror's troubles one stands for all. */
function keyOf({ kind, subject }: Pick<IncidentRecord, "kind" | "subject">): string {
  return JSON.stringify([isMirrorTrouble(kind) ? "mirror" : kind, subject]);
}

function stepOf(was: IncidentRecord, trouble: Trouble | undefined, facts: Facts): Step | undefined {
  const { kind, subject } = was;
  if (kind === CHANNEL) return facts.channels.includes(subject) ? undefined : { was };
  if (!isTroubleKind(kind)) return undefined;
  if (isGone(was, facts)) return { was };
  // What was right for a moment between two rounds goes on.
  if (trouble?.kind !== kind && isOver(was, trouble, facts)) {
    const isSaid = was.toldAt !== undefined && trouble === undefined && kind !== "expiry";
    return { was, ...(isSaid && { said: { kind, phase: "over" as const, item: { incident: was } } }) };
  }
  if (trouble === undefined) return undefined;
  if (isWorse(trouble.kind, kind) && trouble.mayOpen) return { was };
  const error = "error" in trouble ? trouble.error : undefined;
  if (isDueAgain(was, trouble, facts)) {
    const is = { ...was, toldAt: facts.now, times: was.times + 1, ...(error !== undefined && { error }) };
    return { was, is, said: { kind, phase: "again", item: { incident: is, trouble } } };
  }
  // Whoever looks at the incident sees why it is so now.
  return error === undefined || error.code === was.error?.code ? undefined : { was, is: { ...was, error } };
}

function isWorse(now: TroubleKind, before: TroubleKind): boolean {
  return isMirrorTrouble(now) && isMirrorTrouble(before) && rankOf(now) < rankOf(before);
}

function opened(trouble: Trouble, { now }: Facts): Step {
  const { kind, subject, since } = trouble;
  const error = "error" in trouble ? trouble.error : undefined;
  const is = { kind, subject, since, toldAt: now, times: 1, ...(error !== undefined && { error }) };
  return { is, said: { kind, phase: "began", item: { incident: is, trouble } } };
}

/** An incident that ends and begins again in one round has one change, by what it was and what it is. */
function joined(steps: readonly Step[]): readonly IncidentChange[] {
  const changes = new Map<string, IncidentChange>();
  for (const { was, is } of steps) {
    const named = is ?? was;
    if (named === undefined) continue;
    const key = JSON.stringify([named.kind, named.subject]);
    changes.set(key, { ...changes.get(key), ...(was !== undefined && { was }), ...(is !== undefined && { is }) });
  }
  return [...changes.values()];
}

function newsOf(steps: readonly Step[], { now }: Facts): readonly News[] {
  const said = steps.flatMap((step) => step.said ?? []);
  const groups = Map.groupBy(said, ({ kind, phase }) => `${kind} ${phase}`);
  return [...groups.values()].flatMap((group): readonly News[] => {
    const [first] = group;
    if (first === undefined) return [];
    return [{ kind: first.kind, phase: first.phase, at: now, items: group.map(({ item }) => item) }];
  });
}
