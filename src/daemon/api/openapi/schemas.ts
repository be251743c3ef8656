import * as z from "zod";
import type { RunCounts, TagSummary } from "../../../store/records.ts";
import type {
  ChangeEvent,
  DeliveryShape,
  ErrorShape,
  IncidentShape,
  LineShape,
  MirrorShape,
  NewTokenShape,
  OverviewShape,
  Page,
  PointShape,
  QueuedShape,
  ReloadShape,
  RunShape,
  SessionShape,
  TagRowShape,
  TestShape,
  TokenShape,
} from "../shapes.ts";

/** The shapes of the API, checked against their types by the compiler, and against real answers by a test. */
export const named = z.registry<{ id: string }>();

const instant = z.int().describe("Milliseconds since 1970-01-01T00:00Z.");
const milliseconds = z.number().min(0).describe("Milliseconds.");
const digest = z.string().describe("sha256:<64 hex digits>");
const amount = z.int().min(0);
const role = z.enum(["reader", "operator"]);
const runState = z.enum(["queued", "running", "done", "partial", "failed", "cancelled"]);
export const tagState = z.enum(["in-step", "behind", "failed"]);

export const error: z.ZodType<ErrorShape> = z
  .strictObject({ code: z.string(), message: z.string(), hint: z.string(), retryable: z.boolean() })
  .register(named, { id: "Error" });

const summary: z.ZodType<TagSummary> = z
  .strictObject({
    total: amount,
    inStep: amount,
    behind: amount,
    failed: amount,
    behindSince: instant.optional(),
    lag: milliseconds.optional(),
    inStepAt: instant.optional(),
  })
  .register(named, { id: "TagSummary" });

const counts: z.ZodType<RunCounts> = z
  .strictObject({
    copied: amount,
    skipped: amount,
    removed: amount,
    failed: amount,
    bytesRead: amount,
    bytesWritten: amount,
    bytesMounted: amount,
    bytesSkipped: amount,
    requests: amount,
  })
  .register(named, { id: "RunCounts" });

export const run: z.ZodType<RunShape> = z
  .strictObject({
    id: z.string(),
    mirror: z.string(),
    trigger: z.enum(["schedule", "catch-up", "manual", "webhook"]),
    by: z.string().optional(),
    tags: z.array(z.string()).optional(),
    state: runState,
    queuedAt: instant,
    startedAt: instant.optional(),
    endedAt: instant.optional(),
    counts,
    jobs: z.strictObject({ total: amount, ended: amount }),
    error: error.optional(),
  })
  .register(named, { id: "Run" });

const host = z.strictObject({ host: z.string(), limit: amount, remaining: amount, seenAt: instant });

export const mirror: z.ZodType<MirrorShape> = z
  .strictObject({
    name: z.string(),
    source: z.string(),
    destinations: z.array(z.string()),
    schedule: z.strictObject({
      every: milliseconds.optional(),
      cron: z.string().optional(),
      timeZone: z.string().optional(),
    }),
    health: z.enum(["in-step", "behind", "failing", "silent", "unknown"]),
    tags: summary,
    nextRunAt: instant.optional(),
    lastSuccessAt: instant.optional(),
    lastRun: run.optional(),
    activeRun: run.optional(),
    queuedRun: run.optional(),
    limits: z.array(host),
    targets: z.strictObject({
      successRate: z.number().min(0).max(100).optional(),
      successTarget: z.number(),
      lag: milliseconds.optional(),
      lagTarget: milliseconds,
    }),
  })
  .register(named, { id: "Mirror" });

export const line: z.ZodType<LineShape> = z
  .strictObject({
    number: amount,
    at: instant,
    level: z.enum(["info", "warn", "error"]),
    text: z.string(),
    error: error.optional(),
  })
  .register(named, { id: "Line" });

export const tagRow: z.ZodType<TagRowShape> = z
  .strictObject({
    tag: z.string(),
    sourceDigest: digest.optional(),
    destinations: z.array(
      z.strictObject({
        destination: z.string(),
        state: tagState,
        digest: digest.optional(),
        checkedAt: instant,
        behindSince: instant.optional(),
        lag: milliseconds.optional(),
        error: error.optional(),
      }),
    ),
  })
  .register(named, { id: "TagRow" });

export const point: z.ZodType<PointShape> = z
  .strictObject({
    id: z.string(),
    endedAt: instant,
    state: runState,
    seconds: z.number().min(0),
    bytesWritten: amount,
    copied: amount,
    failed: amount,
    lag: milliseconds.optional(),
  })
  .register(named, { id: "Point" });

const incident: z.ZodType<IncidentShape> = z
  .strictObject({ kind: z.string(), subject: z.string(), since: instant, times: amount, text: z.string() })
  .register(named, { id: "Incident" });

const worker = z.strictObject({
  id: z.string(),
  host: z.string(),
  version: z.string(),
  startedAt: instant,
  seenAt: instant,
  busy: amount,
});

export const overview: z.ZodType<OverviewShape> = z
  .strictObject({
    project: z.string(),
    version: z.string(),
    now: instant,
    role,
    store: z.enum(["sqlite", "postgres"]),
    mirrors: z.strictObject({
      total: amount,
      inStep: amount,
      behind: amount,
      failing: amount,
      silent: amount,
      unknown: amount,
    }),
    queue: z.strictObject({ ready: amount, leased: amount }),
    workers: z.array(worker),
    incidents: z.array(incident),
    channels: z.array(z.string()),
    configuration: z.strictObject({ file: z.string(), loadedAt: instant, error: error.optional() }),
  })
  .register(named, { id: "Overview" });

export const delivery: z.ZodType<DeliveryShape> = z
  .strictObject({
    id: z.string(),
    channel: z.string(),
    title: z.string(),
    state: z.enum(["waiting", "sent", "given-up"]),
    createdAt: instant,
    attempts: amount,
    nextAt: instant,
    sentAt: instant.optional(),
    error: error.optional(),
  })
  .register(named, { id: "Delivery" });

export const queued: z.ZodType<QueuedShape> = z
  .strictObject({ run, isNew: z.boolean() })
  .register(named, { id: "Queued" });

export const session: z.ZodType<SessionShape> = z
  .strictObject({ name: z.string(), role })
  .register(named, { id: "Session" });

const tokenParts = { name: z.string(), role, createdAt: instant, usedAt: instant.optional() };
export const token: z.ZodType<TokenShape> = z.strictObject(tokenParts).register(named, { id: "Token" });
export const newToken: z.ZodType<NewTokenShape> = z
  .strictObject({ ...tokenParts, token: z.string() })
  .register(named, { id: "NewToken" });

export const reload: z.ZodType<ReloadShape> = z
  .strictObject({ loadedAt: instant, error: error.optional() })
  .register(named, { id: "Reload" });

export const test: z.ZodType<TestShape> = z
  .strictObject({ delivered: z.boolean(), error: error.optional() })
  .register(named, { id: "Test" });

export const change: z.ZodType<ChangeEvent> = z
  .strictObject({ mirrors: z.array(z.string()) })
  .register(named, { id: "Change" });

/** `{ items, next? }` */
export function page<T>(item: z.ZodType<T>): z.ZodType<Page<T>> {
  return z.strictObject({ items: z.array(item), next: z.string().optional() });
}
