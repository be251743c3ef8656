import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_COUNTS, type Outcome } from "../../copy/outcome.ts";
import { digestOf, shortDigest } from "../../oci/digest.ts";
import { failure } from "../../words/error.ts";
import { wordsOf } from "../../words/words.ts";
import type { LogLevel } from "../globals.ts";
import { plainPaint } from "../output/color.ts";
import type { Clock } from "./clock.ts";
import { jsonListener } from "./json.ts";
import { linesListener } from "./lines.ts";
import type { Listener } from "./listener.ts";
import { liveListener } from "./live.ts";
import { chooseDisplay } from "./open.ts";
import { plainListener } from "./plain.ts";

/** Time that passes when it is told to. */
class FakeClock implements Clock {
  #now = 0;
  readonly #timers = new Set<{ readonly every: number; readonly call: () => void; next: number }>();

  now(): number {
    return this.#now;
  }

  every(milliseconds: number, call: () => void): () => void {
    const timer = { every: milliseconds, call, next: this.#now + milliseconds };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  pass(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const [due] = [...this.#timers].filter(({ next }) => next <= end).sort((one, other) => one.next - other.next);
      if (due === undefined) break;
      this.#now = due.next;
      due.next += due.every;
      due.call();
    }
    this.#now = end;
  }
}

const digest = digestOf("layer");
const destination = "b.example/app";
const style = (level: LogLevel = "info") =>
  ({ words: wordsOf("en"), paint: plainPaint, level, errors: "code" }) as const;
const error = failure(
  "CONNECTION_LOST",
  { host: "b.example", operation: "push", reason: "reset" },
  { retryable: true },
);

function outcomeOf(tag: string, status: "copied" | "skipped"): Outcome {
  const counts = { ...NO_COUNTS, bytesWritten: status === "copied" ? 70_000 : 0 };
  const common = { source: `a.example/app:${tag}`, destination: `${destination}:${tag}`, ...counts };
  if (status === "copied") return { ...common, status, digest };
  return { ...common, status, reason: "in-step", digest };
}

const failed = {
  source: "a.example/app:3",
  destination: `${destination}:3`,
  ...NO_COUNTS,
  status: "failed",
  error,
} as const;

/** A small run: one image in step, one copied, one failed twice, with a wait and a warning. */
function play(listener: Listener, clock: FakeClock): void {
  listener.notice("warn", "images.yaml:3:1: twice");
  listener.copy({ kind: "surveying", done: 3, total: 3 });
  listener.copy({ kind: "ended", outcome: outcomeOf("1", "skipped") });
  listener.copy({ kind: "planned", plan: { version: 1, transfers: [] }, round: 1 });
  for (let moved = 0; moved <= 70_000; moved += 7000) {
    listener.copy({ kind: "moving", destination, digest, moved, size: 70_000 });
    clock.pass(200);
  }
  listener.registry({ kind: "waiting", host: "a.example", seconds: 12, reason: "rate-limit" });
  clock.pass(10_000);
  listener.copy({ kind: "arrived", destination, digest, size: 70_000, how: "written" });
  listener.copy({ kind: "ended", outcome: outcomeOf("2", "copied") });
  listener.copy({ kind: "retrying", outcome: failed, next: 2, rounds: 2 });
  listener.copy({ kind: "ended", outcome: failed });
  listener.registry({ kind: "request", method: "GET", url: "https://a.example/v2/", status: 200, milliseconds: 3 });
}

test("plain: a line for each image, and a sign of life", async () => {
  const lines: string[] = [];
  const clock = new FakeClock();
  const listener = plainListener(style(), clock, (line) => lines.push(line));
  play(listener, clock);
  await listener.close();
  clock.pass(60_000);
  assert.deepEqual(lines, [
    "warning: images.yaml:3:1: twice",
    `= a.example/app:1 → b.example/app:1  ${shortDigest(digest)}  in step`,
    "… waiting 12 s for a.example (rate limit)",
    "… 1 of 1 · 0 copied · 1 unchanged · 0 failed · 70.0 kB · 0 B/s",
    `✓ a.example/app:2 → b.example/app:2  ${shortDigest(digest)}  70.0 kB`,
    "↻ a.example/app:3 → b.example/app:3  CONNECTION_LOST; trying again (2 of 2)",
    "✗ a.example/app:3 → b.example/app:3  CONNECTION_LOST",
  ]);
});

test("log: it has no summary, so that each line says all", async () => {
  const lines: string[] = [];
  const listener = linesListener({ ...style("warn"), errors: "message" }, (line) => lines.push(line));
  play(listener, new FakeClock());
  await listener.close();
  const reason = "b.example closed the connection: reset (push)";
  assert.deepEqual(lines.slice(1), [
    `↻ a.example/app:3 → b.example/app:3  ${reason}; trying again (2 of 2)`,
    `✗ a.example/app:3 → b.example/app:3  ${reason}`,
  ]);
});

test("plain: with --log-level error only what failed, with debug every request", async () => {
  const say = async (level: LogLevel) => {
    const lines: string[] = [];
    const clock = new FakeClock();
    const listener = plainListener(style(level), clock, (line) => lines.push(line));
    play(listener, clock);
    await listener.close();
    return lines;
  };
  assert.deepEqual(await say("error"), ["✗ a.example/app:3 → b.example/app:3  CONNECTION_LOST"]);
  assert.ok((await say("debug")).includes("GET https://a.example/v2/ 200 3 ms"));
});

test("json: one object a line; one blob at most once a second", async () => {
  const lines: string[] = [];
  const clock = new FakeClock();
  const listener = jsonListener(wordsOf("en"), clock, (line) => lines.push(line));
  play(listener, clock);
  const events = lines.map((line): { event: string } => JSON.parse(line));
  assert.deepEqual(
    events.map(({ event }) => event),
    [
      "notice",
      "surveying",
      "ended",
      "planned",
      "moving",
      "moving",
      "moving",
      "waiting",
      "arrived",
      "ended",
      "retrying",
      "ended",
    ],
  );
  assert.deepEqual(events[9], {
    event: "ended",
    source: "a.example/app:2",
    destination: "b.example/app:2",
    status: "copied",
    digest,
    attempts: 1,
    bytesRead: 0,
    bytesWritten: 70_000,
    bytesMounted: 0,
    bytesSkipped: 0,
  });
});

test("live: redrawn ten times a second at most, nothing left behind, the cursor given back", async () => {
  const writes: { readonly at: number; readonly text: string }[] = [];
  const clock = new FakeClock();
  const write = (text: string | Uint8Array) => writes.push({ at: clock.now(), text: String(text) });
  const listener = liveListener({ isTTY: true, columns: 80, rows: 24, write }, style(), clock);
  play(listener, clock);
  const times = writes.map(({ at }) => at);
  assert.ok(times.length > 10);
  assert.ok(times.every((at, index) => index === 0 || at - (times[index - 1] ?? 0) >= 100));
  assert.match(writes.map(({ text }) => text).join(""), /waiting 12 s for a\.example/);
  await listener.close();
  const last = writes
    .slice(-2)
    .map(({ text }) => text)
    .join("");
  assert.ok(last.includes("✓ a.example/app:2"));
  assert.ok(last.endsWith("\x1b[?25h"));
  assert.ok(!writes.some(({ text }) => text.includes("app:1 → ")), "what is in step is only counted");
  const count = writes.length;
  clock.pass(1000);
  assert.equal(writes.length, count);
});

test("live: after the terminal became narrower, all rows of the old lines are taken back", async () => {
  const texts: string[] = [];
  const clock = new FakeClock();
  const stream = {
    isTTY: true,
    columns: 100,
    rows: 24,
    write: (text: string | Uint8Array) => texts.push(String(text)),
  };
  const listener = liveListener(stream, style(), clock);
  listener.copy({ kind: "planned", plan: { version: 1, transfers: [] }, round: 1 });
  listener.copy({ kind: "moving", destination: "registry.example.com/team/app", digest, moved: 10, size: 100 });
  clock.pass(100);
  stream.columns = 40;
  clock.pass(100);
  // The lane of 99 columns is three rows now, the sum line one.
  assert.ok((texts.at(-1) ?? "").includes("\x1b[4A\r"), JSON.stringify(texts.at(-1)));
  await listener.close();
});

test("display: a terminal, a pipe, CI", () => {
  assert.equal(chooseDisplay("auto", {}, { isTTY: true }), "tty");
  assert.equal(chooseDisplay("auto", {}, {}), "plain");
  assert.equal(chooseDisplay("auto", { CI: "true" }, { isTTY: true }), "plain");
  assert.equal(chooseDisplay("auto", { CI: "false" }, { isTTY: true }), "tty");
  assert.equal(chooseDisplay("auto", { TERM: "dumb" }, { isTTY: true }), "plain");
  assert.equal(chooseDisplay("none", {}, { isTTY: true }), "none");
});
