import type { Migration } from "kysely/migration";
import type { Kind } from "../database.ts";
import { type Columns, createIndex, createTable, type Index, type Table } from "./build.ts";

const COUNTS: Columns = {
  copied: "whole",
  skipped: "whole",
  removed: "whole",
  failed: "whole",
  bytes_read: "whole",
  bytes_written: "whole",
  bytes_mounted: "whole",
  bytes_skipped: "whole",
  requests: "whole",
};

const TABLES: Readonly<Record<string, Table>> = {
  runs: {
    columns: {
      id: "text",
      mirror: "text",
      trigger: "text",
      tags: "text?",
      asked_by: "text?",
      state: "text",
      queued_at: "whole",
      started_at: "whole?",
      ended_at: "whole?",
      cancelled_at: "whole?",
      jobs_total: "whole",
      jobs_ended: "whole",
      jobs_broken: "whole",
      lines: "whole",
      lag: "whole?",
      error: "text?",
      ...COUNTS,
    },
    key: ["id"],
  },
  keys: { columns: { mirror: "text", key: "text", run: "text" }, key: ["mirror", "key"] },
  jobs: {
    columns: {
      id: "text",
      run: "text",
      mirror: "text",
      kind: "text",
      tags: "text?",
      state: "text",
      attempts: "whole",
      epoch: "whole",
      worker: "text?",
      due_at: "whole",
      lines: "whole",
      ...COUNTS,
    },
    key: ["id"],
  },
  lines: {
    columns: { run: "text", number: "whole", at: "whole", level: "text", key: "text", facts: "text", error: "text?" },
    key: ["run", "number"],
  },
  days: {
    columns: { mirror: "text", day: "whole", state: "text", runs: "whole", ...COUNTS },
    key: ["mirror", "day", "state"],
  },
  tags: {
    columns: {
      mirror: "text",
      source: "text",
      destination: "text",
      repository: "text",
      tag: "text",
      state: "text",
      source_digest: "text?",
      destination_digest: "text?",
      checked_at: "whole",
      in_step_at: "whole?",
      behind_since: "whole?",
      arrived_at: "whole?",
      lag: "whole?",
      error: "text?",
    },
    key: ["mirror", "destination"],
  },
  places: {
    columns: {
      mirror: "text",
      repository: "text",
      total: "whole",
      in_step: "whole",
      behind: "whole",
      failed: "whole",
      behind_since: "whole?",
      in_step_at: "whole?",
    },
    key: ["mirror", "repository"],
  },
  mirrors: {
    columns: {
      mirror: "text",
      last_tick: "whole?",
      last_started_at: "whole?",
      last_ended_at: "whole?",
      last_state: "text?",
      last_success_at: "whole?",
      last_run: "text?",
    },
    key: ["mirror"],
  },
  hosts: { columns: { host: "text", limit: "whole", remaining: "whole", seen_at: "whole" }, key: ["host"] },
  messages: {
    columns: {
      id: "text",
      channel: "text",
      message: "text",
      state: "text",
      created_at: "whole",
      attempts: "whole",
      next_at: "whole",
      sent_at: "whole?",
      error: "text?",
    },
    key: ["id", "channel"],
  },
  incidents: {
    columns: { kind: "text", subject: "text", since: "whole", told_at: "whole?", times: "whole", error: "text?" },
    key: ["kind", "subject"],
  },
  workers: {
    columns: { id: "text", host: "text", version: "text", started_at: "whole", seen_at: "whole", busy: "whole" },
    key: ["id"],
  },
  tokens: {
    columns: { name: "text", role: "text", hash: "text", created_at: "whole", used_at: "whole?" },
    key: ["name"],
  },
};

const INDEXES: Readonly<Record<string, Index>> = {
  runs_of_mirror: { on: "runs", columns: ["mirror", "id"] },
  runs_in_state: { on: "runs", columns: ["state", "id"] },
  runs_ended: { on: "runs", columns: ["ended_at"] },
  runs_ended_of_mirror: { on: "runs", columns: ["mirror", "ended_at"] },
  // At most one of each, whatever the program does.
  runs_queued: { on: "runs", columns: ["mirror"], isUnique: true, where: "state = 'queued'" },
  runs_under_way: { on: "runs", columns: ["mirror"], isUnique: true, where: "state = 'running'" },
  keys_of_run: { on: "keys", columns: ["run"] },
  jobs_of_run: { on: "jobs", columns: ["run"] },
  jobs_open: { on: "jobs", columns: ["state", "due_at"], where: "state in ('ready', 'leased')" },
  tags_of_mirror: { on: "tags", columns: ["mirror", "tag", "destination"] },
  tags_of_place: { on: "tags", columns: ["mirror", "repository", "state", "behind_since", "in_step_at"] },
  tags_arrived: { on: "tags", columns: ["arrived_at", "mirror", "repository", "lag"], where: "lag is not null" },
  mirrors_last_run: { on: "mirrors", columns: ["last_run"] },
  messages_due: { on: "messages", columns: ["next_at"], where: "state = 'waiting'" },
  messages_created: { on: "messages", columns: ["created_at"] },
};

/** The first tables. */
export function first(kind: Kind): Migration {
  return {
    up: async (db) => {
      for (const [name, table] of Object.entries(TABLES)) await createTable(db, kind, name, table);
      for (const [name, index] of Object.entries(INDEXES)) await createIndex(db, name, index);
    },
  };
}
