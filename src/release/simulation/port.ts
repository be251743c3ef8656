import type { Effect } from "../effects.ts";
import type { Journal, JournalEntry } from "../journal.ts";

/** Where a life ends: by one of its effects, and how far that had come. */
export interface CrashPoint {
  /** Kind, subject and which of these: `put-blob a.test/acme/app@sha256:… #1`. */
  readonly effect: string;
  readonly moment: (typeof MOMENTS)[number];
}

/** The intent is recorded, and nothing done; it is done, and that not recorded; that is recorded, too. */
export const MOMENTS = ["intended", "performed", "recorded"] as const;

/** What is heard of the port, besides the journal. */
export interface PortWatch {
  /** What the life's machine is called in paths; effects are named without it. */
  readonly machine: string;
  /** Before `done` is recorded. */
  done(effect: Effect): void;
  /** After anything was recorded. */
  recorded(entry: JournalEntry): void;
}

/**
 * A journal in which a life dies: from then on nothing of it is recorded, no promise of its port ever resolves, and so
 * nothing further of it is done.
 */
export class MortalJournal implements Journal {
  /** Resolves when the life has ended before its work. */
  readonly death: Promise<void>;
  /** The effects of this life in their order, as {@link CrashPoint.effect} names them. */
  readonly effects: string[] = [];
  readonly #journal: Journal;
  readonly #point: CrashPoint | undefined;
  readonly #watch: PortWatch;
  readonly #counts = new Map<string, number>();
  readonly #open = new Set<string>();
  #isDead = false;
  #die: () => void = () => undefined;

  constructor(journal: Journal, point: CrashPoint | undefined, watch: PortWatch) {
    this.#journal = journal;
    this.#point = point;
    this.#watch = watch;
    this.death = new Promise((resolve) => {
      this.#die = resolve;
    });
  }

  /** Whether an effect was intended, and its end not recorded yet. */
  isOpen({ kind, subject }: Effect): boolean {
    return this.#open.has(`${kind} ${subject}`);
  }

  async write(entry: JournalEntry): Promise<void> {
    if (this.#isDead) return never();
    if (entry.state !== "intent" && entry.state !== "done" && entry.state !== "failed")
      return this.#recordUnlessDead(entry);
    const key = `${entry.kind} ${entry.subject}`;
    if (entry.state === "intent") {
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
      this.#open.add(key);
      this.effects.push(this.#identity(key));
      return this.#recordAnd(entry, "intended", key);
    }
    if (entry.state === "done") {
      this.#watch.done(entry);
      if (this.#isHere("performed", key)) return this.#end();
    }
    this.#open.delete(key);
    return this.#recordAnd(entry, "recorded", key);
  }

  async #recordAnd(entry: JournalEntry, moment: CrashPoint["moment"], key: string): Promise<void> {
    // Where the others are to stop, they stop when this is decided, not when the disk has it.
    if (!this.#isHere(moment, key)) return this.#recordUnlessDead(entry);
    this.#isDead = true;
    await this.#record(entry);
    return this.#end();
  }

  async #record(entry: JournalEntry): Promise<void> {
    await this.#journal.write(entry);
    this.#watch.recorded(entry);
  }

  /** What was being recorded when another effect ended the life is on disk, and nothing follows it. */
  async #recordUnlessDead(entry: JournalEntry): Promise<void> {
    await this.#record(entry);
    if (this.#isDead) await never();
  }

  #isHere(moment: CrashPoint["moment"], key: string): boolean {
    return this.#point?.moment === moment && this.#point.effect === this.#identity(key);
  }

  #identity(key: string): string {
    return `${key.replace(`${this.#watch.machine}/`, "")} #${this.#counts.get(key)}`;
  }

  #end(): Promise<never> {
    this.#isDead = true;
    this.#die();
    return never();
  }
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
