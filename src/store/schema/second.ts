import type { Migration } from "kysely/migration";

/** A batch knows what its source has besides that refers to images: no worker lists a large source again for its part. */
export const second: Migration = {
  up: (db) => db.schema.alterTable("jobs").addColumn("referrer_tags", "text").execute(),
};
