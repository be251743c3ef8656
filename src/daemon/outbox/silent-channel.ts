import type { IncidentRecord, OutboxRecord } from "../../store/records.ts";
import type { Store } from "../../store/store.ts";
import type { SlipwayError } from "../../words/error.ts";
import { storedError } from "./stored-error.ts";

const LONG = 3_600_000;

/** The kind of an incident that is shown, and told nobody: who would tell it is what does not work. */
export const CHANNEL = "channel";

type Incidents = Pick<Store, "incidents">;

/** Keeps that a channel has not worked for an hour: as long as a message has been on its way by now. */
export async function noteFailure(
  { incidents }: Incidents,
  { channel: subject, createdAt, attempts }: OutboxRecord,
  error: SlipwayError,
  at: number,
): Promise<void> {
  if (at - createdAt < LONG) return;
  const was = await incidentOf({ incidents }, subject);
  const since = Math.min(createdAt, was?.since ?? createdAt);
  const is = { kind: CHANNEL, subject, since, times: attempts, error: storedError(error) };
  // Where somebody else has noted something meanwhile, the next failure will do.
  await incidents.change([{ ...(was !== undefined && { was }), is }], []);
}

/** It works again. */
export async function noteDelivery({ incidents }: Incidents, channel: string): Promise<void> {
  const was = await incidentOf({ incidents }, channel);
  if (was !== undefined) await incidents.change([{ was }], []);
}

async function incidentOf({ incidents }: Incidents, channel: string): Promise<IncidentRecord | undefined> {
  return (await incidents.all()).find(({ kind, subject }) => kind === CHANNEL && subject === channel);
}
