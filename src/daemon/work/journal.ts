import type { CopyEvent } from "../../copy/events.ts";
import type { Outcome } from "../../copy/outcome.ts";
import type { RegistryEvent } from "../../registry/events.ts";
import type { Instant, LogLine, RunCounts } from "../../store/records.ts";
import type { SlipwayError } from "../../words/error.ts";
import { formatBytes } from "../../words/format-bytes.ts";
import { storedError } from "../outbox/stored-error.ts";
import { countsOf } from "./run-counts.ts";

/** Milliseconds in which a host that asks to wait again is not told again. */
const WAIT_TOLD = 10_000;

/** An image that has ended, and when. */
export interface Told {
  readonly outcome: Outcome;
  readonly at: Instant;
}

/** What a job has come to so far: its outcomes, its counts, and the lines of its log that nobody has kept yet. */
export class Journal {
  readonly #now: () => Instant;
  readonly #isOpen: (error: SlipwayError) => boolean;
  readonly #told = new Map<string, Told>();
  readonly #waits = new Map<string, Instant>();
  #lines: LogLine[] = [];
  #requests = 0;
  /** Bytes of blobs that have arrived for images that have not ended yet. */
  readonly #underWay = { bytesWritten: 0, bytesMounted: 0 };

  /** @param isOpen whether a failure only says that the job was stopped before */
  constructor(now: () => Instant, isOpen: (error: SlipwayError) => boolean) {
    this.#now = now;
    this.#isOpen = isOpen;
  }

  /** What became of each image at each destination, by `SOURCE DESTINATION`. */
  get told(): ReadonlyMap<string, Told> {
    return this.#told;
  }

  get counts(): RunCounts {
    const outcomes = [...this.#told.values()].map(({ outcome }) => outcome);
    const ended = countsOf(
      outcomes.filter((outcome) => outcome.status !== "failed" || !this.#isOpen(outcome.error)),
      this.#requests,
    );
    const { bytesWritten, bytesMounted } = this.#underWay;
    return {
      ...ended,
      bytesWritten: Math.max(ended.bytesWritten, bytesWritten),
      bytesMounted: Math.max(ended.bytesMounted, bytesMounted),
    };
  }

  /** Lines that nobody has kept. */
  get lines(): readonly LogLine[] {
    return [...this.#lines];
  }

  /** The first so many lines are kept by now. */
  kept(count: number): void {
    this.#lines = this.#lines.slice(count);
  }

  say(level: LogLine["level"], key: string, facts: LogLine["facts"], error?: SlipwayError): void {
    this.#lines.push({ at: this.#now(), level, key, facts, ...(error !== undefined && { error: storedError(error) }) });
  }

  /** Notes the end of an image that nobody had to look at. */
  end(outcome: Outcome): void {
    this.#told.set(`${outcome.source} ${outcome.destination}`, { outcome, at: this.#now() });
  }

  /** What it comes to in the end, over all rounds. */
  settle(outcome: Outcome): void {
    const key = `${outcome.source} ${outcome.destination}`;
    this.#told.set(key, { outcome, at: this.#told.get(key)?.at ?? this.#now() });
  }

  copy(event: CopyEvent): void {
    if (event.kind === "planned" && event.round === 1) this.#planned(event.plan.transfers.length);
    else if (event.kind === "arrived") this.#arrived(event.how, event.size);
    else if (event.kind === "retrying") this.#retrying(event);
    else if (event.kind === "ended") this.#ended(event.outcome);
  }

  #planned(images: number): void {
    if (images > 0) this.say("info", "daemon.log.planned", { images });
  }

  #arrived(how: "written" | "mounted" | "present", bytes: number): void {
    if (how === "written") this.#underWay.bytesWritten += bytes;
    if (how === "mounted") this.#underWay.bytesMounted += bytes;
  }

  #retrying({ outcome, next: round, rounds }: Extract<CopyEvent, { kind: "retrying" }>): void {
    const { source, destination, error } = outcome;
    if (this.#isOpen(error)) return;
    this.end(outcome);
    this.say("warn", "daemon.log.retrying", { source, destination, round, rounds }, error);
  }

  #ended(outcome: Outcome): void {
    this.end(outcome);
    const { source, destination, bytesWritten } = outcome;
    if (outcome.status === "copied") {
      const bytes = formatBytes(bytesWritten);
      this.say("info", "daemon.log.copied", { source, destination, digest: outcome.digest, bytes });
    } else if (outcome.status === "failed" && !this.#isOpen(outcome.error)) {
      this.say("error", "daemon.log.failed", { source, destination }, outcome.error);
    }
  }

  registry(event: RegistryEvent): void {
    if (event.kind === "request") this.#requests += 1;
    if (event.kind !== "waiting") return;
    const { host, seconds } = event;
    const now = this.#now();
    if (now - (this.#waits.get(host) ?? 0) < WAIT_TOLD) return;
    this.#waits.set(host, now);
    this.say("warn", "daemon.log.waiting", { host, seconds: Math.ceil(seconds) });
  }
}
