import { sql } from "kysely";
import type { Bell } from "./bell.ts";
import type { Database } from "./database.ts";
import { Ids } from "./ids.ts";
import { forget } from "./parts/forget.ts";
import { KeptHosts } from "./parts/hosts.ts";
import { KeptIncidents } from "./parts/incidents.ts";
import { KeptMirrors } from "./parts/mirrors.ts";
import { KeptOutbox } from "./parts/outbox.ts";
import { KeptTags } from "./parts/tags.ts";
import { KeptTokens } from "./parts/tokens.ts";
import { KeptWorkers } from "./parts/workers.ts";
import type { Store } from "./store.ts";
import { OpenJobs } from "./work/jobs.ts";
import type { Queue } from "./work/queue.ts";
import { KeptRuns } from "./work/runs.ts";

interface Means {
  readonly database: Database;
  readonly queue: Queue;
  readonly bell: Bell;
  close(): Promise<void>;
}

/** A store over a database of either kind. */
export function keptStore({ database, queue, bell, close }: Means): Store {
  const ids = new Ids();
  let closed: Promise<void> | undefined;
  return {
    kind: database.kind,
    runs: new KeptRuns({ database, queue, ids }),
    jobs: new OpenJobs({ database, queue, ids, bell }),
    tags: new KeptTags(database),
    mirrors: new KeptMirrors(database),
    hosts: new KeptHosts(database),
    outbox: new KeptOutbox(database),
    incidents: new KeptIncidents(database),
    workers: new KeptWorkers(database),
    tokens: new KeptTokens(database),
    forget: (before) => forget(database, before),
    ping: async () => {
      await database.read((db) => sql`select 1`.execute(db));
    },
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}
