import type { Changes } from "../database.ts";
import type { TagRecord } from "../records.ts";

/**
 * Adds up what a mirror's tags come to at some of its destinations, or at all: whoever asks of a thousand mirrors at once
 * does not read every tag of theirs.
 */
export async function sumUp(trx: Changes, mirror: string, repositories: readonly string[] | "all"): Promise<void> {
  if (repositories.length === 0) return;
  let old = trx.deleteFrom("places").where("mirror", "=", mirror);
  let now = trx
    .selectFrom("tags")
    .select(({ fn }) => [
      "mirror",
      "repository",
      fn.countAll<number>().as("total"),
      fn.countAll<number>().filterWhere("state", "=", "in-step").as("inStep"),
      fn.countAll<number>().filterWhere("state", "=", "behind").as("behind"),
      fn.countAll<number>().filterWhere("state", "=", "failed").as("failed"),
      fn.min<number | null>("behindSince").filterWhere("state", "!=", "in-step").as("behindSince"),
      fn.max<number | null>("inStepAt").as("inStepAt"),
    ])
    .where("mirror", "=", mirror)
    .groupBy(["mirror", "repository"]);
  if (repositories !== "all") {
    old = old.where("repository", "in", [...repositories]);
    now = now.where("repository", "in", [...repositories]);
  }
  await old.execute();
  await trx
    .insertInto("places")
    .columns(["mirror", "repository", "total", "inStep", "behind", "failed", "behindSince", "inStepAt"])
    .expression(now)
    .execute();
}

/** The repositories that these tags are at. */
export function placesOf(tags: readonly TagRecord[]): readonly string[] {
  return [...new Set(tags.map(placeOf))];
}

/** `hagicode.azurecr.io/hagicode` of `hagicode.azurecr.io/hagicode:1.36`, or of one with a digest. */
export function placeOf({ destination }: TagRecord): string {
  const [named = destination] = destination.split("@", 1);
  const colon = named.lastIndexOf(":");
  return colon > named.lastIndexOf("/") ? named.slice(0, colon) : named;
}
