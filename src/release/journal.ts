import { mkdir, open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { onStorage } from "../target/storage-failure.ts";
import type { Effect } from "./effects.ts";

/** One line of a run's history. */
export type JournalEntry =
  | { readonly state: "begun"; readonly command: string }
  | ({ readonly state: "intent" | "done" } & Effect)
  | ({ readonly state: "failed"; readonly code: string } & Effect)
  | { readonly state: "step"; readonly step: string; readonly status: string; readonly code?: string }
  | { readonly state: "ended"; readonly exit: number };

/** Where a run says what it does. History only: what is true is asked of registries, GitHub and the disk. */
export interface Journal {
  /** Resolves when the entry would outlast a power cut. @throws STORAGE_FULL, STORAGE_FAILED */
  write(entry: JournalEntry): Promise<void>;
}

/** A run's journal, in a file of its own. */
export interface JournalFile extends Journal, AsyncDisposable {
  readonly file: string;
}

/**
 * Begins a journal: `<folder>/<version>/<time>-<process>.jsonl`, one entry a line, each with its time.
 * @param folder of all journals
 */
export async function openJournal(folder: string, version: string): Promise<JournalFile> {
  const of = join(folder, folderName(version));
  const time = new Date().toISOString().replaceAll(":", "");
  const file = join(of, `${time}-${process.pid}.jsonl`);
  const handle = await onStorage(file, async () => {
    await mkdir(of, { recursive: true });
    return open(file, "a");
  });
  // Entries of effects that go on side by side must not be torn apart.
  let last: Promise<void> = Promise.resolve();
  const write = (entry: JournalEntry): Promise<void> => {
    const line = `${JSON.stringify({ at: new Date().toISOString(), ...entry })}\n`;
    const next = last.then(() =>
      onStorage(file, async () => {
        await handle.write(line);
        await handle.datasync();
      }),
    );
    last = next.catch(() => undefined);
    return next;
  };
  return {
    file,
    write,
    [Symbol.asyncDispose]: async () => {
      await last;
      await handle.close();
    },
  };
}

const entrySchema = z.looseObject({
  at: z.string(),
  state: z.enum(["begun", "intent", "done", "failed", "step", "ended"]),
  kind: z.string().optional(),
  subject: z.string().optional(),
  step: z.string().optional(),
  status: z.string().optional(),
  code: z.string().optional(),
  command: z.string().optional(),
  exit: z.number().optional(),
});

/** An entry as it was read back. */
export type PastEntry = Readonly<z.output<typeof entrySchema>>;

/** What one earlier run has left of itself: its entries in order. A torn last line is what a killed run leaves. */
export interface PastRun {
  readonly file: string;
  readonly entries: readonly PastEntry[];
}

/** The runs of a version on this machine, oldest first; none where there are none. */
export async function pastRuns(folder: string, version: string): Promise<readonly PastRun[]> {
  const of = join(folder, folderName(version));
  const names = await readdir(of).catch(() => []);
  const files = names.filter((name) => name.endsWith(".jsonl")).toSorted();
  return Promise.all(
    files.map(async (name) => {
      const file = join(of, name);
      const lines = (await readFile(file, "utf8")).split("\n");
      return { file, entries: lines.flatMap(entryOf) };
    }),
  );
}

function entryOf(line: string): readonly PastEntry[] {
  try {
    return [entrySchema.parse(JSON.parse(line))];
  } catch {
    return [];
  }
}

/** A version may hold what a path may not. */
function folderName(version: string): string {
  return version.replaceAll(/[^A-Za-z0-9._-]/g, "_").replace(/^\.+/, "_");
}
