import type { IncidentRecord } from "../../store/records.ts";
import type { Facts } from "./facts.ts";
import type { Trouble } from "./trouble.ts";
import { EXPIRY_DAYS } from "./troubles.ts";

const DAY = 24 * 3_600_000;

/** Whether it is time to speak of something again that has been told. */
export function isDueAgain(
  { toldAt = 0 }: IncidentRecord,
  trouble: Trouble,
  { now, remind }: Pick<Facts, "now" | "remind">,
): boolean {
  switch (trouble.kind) {
    case "expiry":
      return EXPIRY_DAYS.map((days) => trouble.ends - days * DAY).some((at) => toldAt < at && at <= now);
    case "lag":
    case "success":
      return false;
    default:
      return now - toldAt >= remind;
  }
}
