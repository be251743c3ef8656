import type { IncidentRecord } from "../../store/records.ts";
import type { IncidentChange, NewMessage } from "../../store/store.ts";
import type { Language } from "../../words/words.ts";
import type { Control, InForce } from "../control.ts";
import type { Ending } from "../expiry/index.ts";
import { projectOf } from "../outbox/index.ts";
import { addressed } from "./address.ts";
import { compose } from "./compose.ts";
import { dueDigest } from "./digest.ts";
import { digestMessage, readDay } from "./digest-message.ts";
import { occasionsOf } from "./news.ts";
import type { Observer } from "./observe.ts";
import { round } from "./round.ts";
import type { Setting } from "./setting.ts";

export interface RoundMeans {
  /** Credentials that end; left out: nobody has looked yet. */
  readonly endings: readonly Ending[] | undefined;
  /** Of channels that name none. */
  readonly language: Language;
}

/**
 * Looks once, and writes down what has changed together with what is to be said of it. Where another process was faster,
 * nothing is: the next round sees what that one wrote.
 * @returns how many messages were put into the outbox
 * @throws STORE_UNREACHABLE
 */
export async function alarmRound(
  control: Control,
  observer: Observer,
  { endings, language }: RoundMeans,
): Promise<number> {
  const { store } = control;
  const incidents = await store.incidents.all();
  const facts = await observer.look(endings);
  const { now } = facts;
  const inForce = control.inForce();
  const { config, serve } = inForce;
  const setting = settingOf(inForce);
  const to = { channels: config.notify ?? [], language, now };
  const { changes, news } = round(facts, incidents);
  const messages = news.flatMap((one) => addressed(compose(one, setting), occasionsOf(one), to));

  const { digest: time, timeZone } = serve;
  const due = time === undefined ? undefined : dueDigest(incidents, { time, timeZone, now });
  const day = due?.period && (await readDay(store, due.period, afterwards(incidents, changes)));
  const digests: readonly NewMessage[] =
    day === undefined ? [] : addressed(digestMessage(day, setting), [["digest"]], to);

  const allChanges = [...changes, ...(due === undefined ? [] : [due.change])];
  if (allChanges.length === 0) return 0;
  const isWritten = await store.incidents.change(allChanges, [...messages, ...digests]);
  return isWritten ? messages.length + digests.length : 0;
}

/** What is known to be wrong once the changes are made. */
function afterwards(
  incidents: readonly IncidentRecord[],
  changes: readonly IncidentChange[],
): readonly IncidentRecord[] {
  const gone = new Set(changes.map(({ was }) => was));
  return [...incidents.filter((one) => !gone.has(one)), ...changes.flatMap(({ is }) => is ?? [])];
}

function settingOf({ config, serve: { url, timeZone, targets } }: InForce): Setting {
  return { project: projectOf(config), timeZone, targets, ...(url !== undefined && { url }) };
}
