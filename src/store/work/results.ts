import type { Changes, Kind } from "../database.ts";
import type { HostRecord, TagRecord } from "../records.ts";
import { errorText } from "../rows.ts";
import { placeOf } from "./places.ts";
import { columnsOf, rowLists } from "./row-list.ts";

const TAG_COLUMNS = {
  mirror: "text",
  source: "text",
  destination: "text",
  repository: "text",
  tag: "text",
  state: "text",
  sourceDigest: "text",
  destinationDigest: "text",
  checkedAt: "whole",
  inStepAt: "whole",
  behindSince: "whole",
  arrivedAt: "whole",
  lag: "whole",
  error: "text",
} as const;

const KNOWN_AT_ONCE = 1000;

/** Puts tags in place of what was known of the same destinations, many with one statement. */
export async function recordTags(trx: Changes, kind: Kind, tags: readonly TagRecord[]): Promise<void> {
  const rows = [...new Map(tags.map((tag) => [`${tag.mirror}\n${tag.destination}`, tag])).values()].map((tag) => ({
    mirror: tag.mirror,
    source: tag.source,
    destination: tag.destination,
    repository: placeOf(tag),
    tag: tag.tag,
    state: tag.state,
    sourceDigest: tag.sourceDigest ?? null,
    destinationDigest: tag.destinationDigest ?? null,
    checkedAt: tag.checkedAt,
    inStepAt: tag.inStepAt ?? null,
    behindSince: tag.behindSince ?? null,
    arrivedAt: tag.arrivedAt ?? null,
    lag: tag.lag ?? null,
    error: errorText(tag.error),
  }));
  for (const list of rowLists(kind, TAG_COLUMNS, rows)) {
    await trx
      .insertInto("tags")
      .columns(columnsOf(TAG_COLUMNS))
      .expression(list)
      .onConflict((conflict) =>
        conflict.columns(["mirror", "destination"]).doUpdateSet(({ ref }) => ({
          source: ref("excluded.source"),
          repository: ref("excluded.repository"),
          tag: ref("excluded.tag"),
          state: ref("excluded.state"),
          sourceDigest: ref("excluded.sourceDigest"),
          destinationDigest: ref("excluded.destinationDigest"),
          checkedAt: ref("excluded.checkedAt"),
          inStepAt: ref("excluded.inStepAt"),
          behindSince: ref("excluded.behindSince"),
          arrivedAt: ref("excluded.arrivedAt"),
          lag: ref("excluded.lag"),
          error: ref("excluded.error"),
        })),
      )
      .execute();
  }
}

/** Forgets what is known of a mirror's other destinations, some at a time. */
export async function forgetOthers(trx: Changes, mirror: string, destinations: ReadonlySet<string>): Promise<void> {
  for (let after = ""; ; ) {
    const known = await trx
      .selectFrom("tags")
      .select("destination")
      .where("mirror", "=", mirror)
      .where("destination", ">", after)
      .orderBy("destination")
      .limit(KNOWN_AT_ONCE)
      .execute();
    const others = known.map(({ destination }) => destination).filter((name) => !destinations.has(name));
    if (others.length > 0) {
      await trx.deleteFrom("tags").where("mirror", "=", mirror).where("destination", "in", others).execute();
    }
    const last = known.at(-1);
    if (last === undefined || known.length < KNOWN_AT_ONCE) return;
    after = last.destination;
  }
}

/** What hosts told last. In order of names, so that two transactions never wait for each other. */
export async function recordHosts(trx: Changes, hosts: readonly HostRecord[]): Promise<void> {
  const latest = new Map<string, HostRecord>();
  for (const host of hosts) {
    if ((latest.get(host.host)?.seenAt ?? 0) <= host.seenAt) latest.set(host.host, host);
  }
  if (latest.size === 0) return;
  const rows = [...latest.values()].sort((one, other) => (one.host < other.host ? -1 : 1));
  await trx
    .insertInto("hosts")
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .column("host")
        .doUpdateSet(({ ref }) => ({
          limit: ref("excluded.limit"),
          remaining: ref("excluded.remaining"),
          seenAt: ref("excluded.seenAt"),
        }))
        .whereRef("excluded.seenAt", ">=", "hosts.seenAt"),
    )
    .execute();
}
