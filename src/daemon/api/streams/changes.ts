import type { RunRecord } from "../../../store/records.ts";
import type { Runs } from "../../../store/store.ts";
import type { Control, InForce } from "../../control.ts";
import { Poller } from "./poller.ts";

const PAGE = 200;
const KEPT = 50;

/** Which mirrors something has happened to: their runs, or the configuration. */
export class Changes {
  readonly poller: Poller;
  readonly #control: Control;
  readonly #changed: () => void;
  /** What the last looks found, the latest last, each with the version that it made. */
  readonly #found: { readonly version: number; readonly mirrors: ReadonlySet<string> }[] = [];
  #open = new Map<string, RunRecord>();
  #latest: string | undefined;
  #inForce: InForce | undefined;
  #begun: Promise<unknown> | undefined;

  /** @param every milliseconds between two looks @param changed called when a look has found something */
  constructor(control: Control, every: number, changed: () => void) {
    this.#control = control;
    this.#changed = changed;
    this.poller = new Poller(() => this.#look(), every);
  }

  /** Takes note of what there is, so that nothing which happens from now on is missed. @throws STORE_UNREACHABLE */
  async begin(): Promise<void> {
    this.#begun ??= this.#look();
    try {
      await this.#begun;
    } catch (cause) {
      this.#begun = undefined;
      throw cause;
    }
  }

  /** What has changed since `version`; all that there are, where that was too long ago. */
  since(version: number): readonly string[] {
    const oldest = this.#found[0]?.version ?? 0;
    if (version + 1 < oldest) return [...this.#control.inForce().mirrors.keys()];
    const newer = this.#found.filter((found) => found.version > version);
    return [...new Set(newer.flatMap(({ mirrors }) => [...mirrors]))];
  }

  async #look(): Promise<boolean> {
    const { runs } = this.#control.store;
    const isFirst = this.#inForce === undefined;
    const open = new Map((await allOf(runs, { states: ["queued", "running"] })).map((run) => [run.id, run]));
    const begun = await allOf(runs, { behind: this.#latest });
    const changed = new Set<string>();
    for (const run of open.values()) if (isDifferent(run, this.#open.get(run.id))) changed.add(run.mirror);
    for (const { id, mirror } of this.#open.values()) if (!open.has(id)) changed.add(mirror);
    for (const { mirror } of begun) changed.add(mirror);
    const inForce = this.#control.inForce();
    if (inForce !== this.#inForce) for (const name of inForce.mirrors.keys()) changed.add(name);
    this.#open = open;
    this.#latest = begun[0]?.id ?? this.#latest ?? "";
    this.#inForce = inForce;
    if (isFirst || changed.size === 0) return false;
    this.#found.push({ version: this.poller.version + 1, mirrors: changed });
    if (this.#found.length > KEPT) this.#found.shift();
    this.#changed();
    return true;
  }
}

/** The latest first. @param behind only those begun after this one; undefined, which is the first look: only the last */
async function allOf(
  runs: Runs,
  { states, behind }: { readonly states?: readonly RunRecord["state"][]; readonly behind?: string },
): Promise<readonly RunRecord[]> {
  if (states === undefined && behind === undefined) return runs.list({ limit: 1 });
  const all: RunRecord[] = [];
  for (;;) {
    const page = await runs.list({ states, before: all.at(-1)?.id, limit: PAGE });
    const wanted = behind === undefined ? page : page.filter(({ id }) => id > behind);
    all.push(...wanted);
    if (wanted.length < PAGE) return all;
  }
}

function isDifferent(run: RunRecord, before: RunRecord | undefined): boolean {
  return before === undefined || JSON.stringify(run) !== JSON.stringify(before);
}
