import { sql } from "kysely";

/**
 * States as they are written in the conditions of partial indexes. A value that is bound would do in PostgreSQL; SQLite
 * uses such an index only where it reads the same in the question: https://www.sqlite.org/partialindex.html
 */
export const IS_OPEN = sql<boolean>`state in ('ready', 'leased')`;
export const QUEUED = sql<"queued">`'queued'`;
export const RUNNING = sql<"running">`'running'`;
export const WAITING = sql<"waiting">`'waiting'`;
