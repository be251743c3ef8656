import type { IncidentRecord } from "../../store/records.ts";
import type { Facts } from "./facts.ts";
import type { Trouble } from "./trouble.ts";

/** Whether what was wrong with something is right again, and not only unknown. */
export function isOver({ kind, subject, since }: IncidentRecord, trouble: Trouble | undefined, facts: Facts): boolean {
  switch (kind) {
    case "failed":
    case "partial":
    case "silence": {
      // Only a run of all its tags with everything in step ends these: one of a single tag says nothing of the others.
      const mirror = facts.mirrors.find(({ name }) => name === subject);
      return (mirror?.record?.lastSuccessAt ?? 0) > since;
    }
    case "expiry":
      return facts.endings !== undefined && trouble === undefined;
    case "configuration":
      return trouble === undefined && facts.configuration.loadedAt > since;
    case "success":
      return trouble === undefined && facts.mirrors.some(({ name, ended }) => name === subject && ended !== undefined);
    default:
      return trouble === undefined;
  }
}

/** Whether its mirror was taken out of the configuration: then there is nobody to be told of its end. */
export function isGone({ kind, subject, since }: IncidentRecord, facts: Facts): boolean {
  if (kind === "expiry" || kind === "configuration") return false;
  // A process with an older configuration leaves alone what a newer one has found.
  if (since > facts.configuration.loadedAt) return false;
  return !facts.mirrors.some(({ name }) => name === subject);
}
