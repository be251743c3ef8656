import type { Trigger } from "../records.ts";

/** Numbers of a run or of a job, a column each, so that the database adds them up. */
interface CountColumns {
  copied: number;
  skipped: number;
  removed: number;
  failed: number;
  bytesRead: number;
  bytesWritten: number;
  bytesMounted: number;
  bytesSkipped: number;
  requests: number;
}

interface RunTable extends CountColumns {
  id: string;
  mirror: string;
  trigger: Trigger;
  /** JSON; null: all. */
  tags: string | null;
  askedBy: string | null;
  state: "queued" | "running" | "done" | "partial" | "failed" | "cancelled";
  queuedAt: number;
  startedAt: number | null;
  endedAt: number | null;
  /** Since when its workers are told to stop. */
  cancelledAt: number | null;
  jobsTotal: number;
  jobsEnded: number;
  /** Jobs that ended with an error. */
  jobsBroken: number;
  /** Log lines so far. */
  lines: number;
  lag: number | null;
  error: string | null;
}

/** What was asked for under this key, so that it is asked for once. */
interface KeyTable {
  mirror: string;
  key: string;
  run: string;
}

interface JobTable extends CountColumns {
  id: string;
  run: string;
  mirror: string;
  kind: "plan" | "batch";
  tags: string | null;
  referrerTags: string | null;
  /** `waiting`: for the run before it. */
  state: "waiting" | "ready" | "leased" | "ended";
  attempts: number;
  epoch: number;
  worker: string | null;
  /** When it became ready; of a leased one, when the lease runs out. */
  dueAt: number;
  /** Log lines of the present attempt. */
  lines: number;
}

interface LineTable {
  run: string;
  number: number;
  at: number;
  level: "info" | "warn" | "error";
  key: string;
  facts: string;
  error: string | null;
}

/** Runs of a mirror that ended so on a day, counted by days since 1970 (UTC). */
interface DayTable extends CountColumns {
  mirror: string;
  day: number;
  state: RunTable["state"];
  runs: number;
}

interface TagTable {
  mirror: string;
  source: string;
  destination: string;
  /** The destination without its tag. */
  repository: string;
  tag: string;
  state: "in-step" | "behind" | "failed";
  sourceDigest: string | null;
  destinationDigest: string | null;
  checkedAt: number;
  inStepAt: number | null;
  behindSince: number | null;
  arrivedAt: number | null;
  lag: number | null;
  error: string | null;
}

/** What a mirror's tags come to at one destination. */
interface PlaceTable {
  mirror: string;
  repository: string;
  total: number;
  inStep: number;
  behind: number;
  failed: number;
  behindSince: number | null;
  inStepAt: number | null;
}

interface MirrorTable {
  mirror: string;
  lastTick: number | null;
  lastStartedAt: number | null;
  lastEndedAt: number | null;
  lastState: RunTable["state"] | null;
  lastSuccessAt: number | null;
  /** The run that ended last. */
  lastRun: string | null;
}

interface HostTable {
  host: string;
  limit: number;
  remaining: number;
  seenAt: number;
}

interface MessageTable {
  id: string;
  channel: string;
  message: string;
  state: "waiting" | "sent" | "given-up";
  createdAt: number;
  attempts: number;
  nextAt: number;
  sentAt: number | null;
  error: string | null;
}

interface IncidentTable {
  kind: string;
  subject: string;
  since: number;
  toldAt: number | null;
  times: number;
  error: string | null;
}

interface WorkerTable {
  id: string;
  host: string;
  version: string;
  startedAt: number;
  seenAt: number;
  busy: number;
}

interface TokenTable {
  name: string;
  role: "reader" | "operator";
  hash: string;
  createdAt: number;
  usedAt: number | null;
}

/** The tables, in the words of records; columns are written with underscores. */
export interface Tables {
  runs: RunTable;
  keys: KeyTable;
  jobs: JobTable;
  lines: LineTable;
  days: DayTable;
  tags: TagTable;
  places: PlaceTable;
  mirrors: MirrorTable;
  hosts: HostTable;
  messages: MessageTable;
  incidents: IncidentTable;
  workers: WorkerTable;
  tokens: TokenTable;
}
