import type { IncidentRecord } from "../../store/records.ts";
import { printable } from "../../words/printable.ts";
import type { Words } from "../../words/words.ts";
import { CHANNEL } from "../outbox/index.ts";
import { reasonOf } from "./reason.ts";
import { timeText } from "./time-text.ts";
import { isTroubleKind } from "./trouble.ts";
import { EXPIRY_NOTICE } from "./troubles.ts";

/** The records of incidents that people are shown; what is left are notes of the alarms to themselves. */
export function openIncidents(records: readonly IncidentRecord[]): readonly IncidentRecord[] {
  return records.filter(({ kind }) => kind === CHANNEL || isTroubleKind(kind));
}

/** What is wrong, on one line. @param timeZone IANA's name, for times */
export function incidentText(incident: IncidentRecord, words: Words, timeZone: string): string {
  const { kind, error } = incident;
  const subject = printable(incident.subject);
  const since = timeText(incident.since, timeZone);
  const reason = error === undefined ? words.text("alarm.line.unknown") : reasonOf(error, words);
  switch (kind) {
    case "failed":
    case "partial":
    case "configuration":
    case CHANNEL:
      return words.text(`alarm.text.${kind}`, { subject, since, reason });
    case "silence":
      return words.text("alarm.line.silence", { subject, since });
    case "lag":
    case "success":
      return words.text(`alarm.text.${kind}`, { subject, since });
    case "expiry":
      return words.text("alarm.text.expiry", { subject, date: timeText(incident.since + EXPIRY_NOTICE, timeZone) });
    default:
      return subject;
  }
}
