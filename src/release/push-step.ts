import type { Outcome } from "../copy/outcome.ts";
import { failure, type SlipwayError } from "../words/error.ts";
import { compareServed } from "./compare.ts";
import type { Outlet } from "./outlets.ts";
import { type Pushed, pushImage, type ReadyImage, type Served } from "./push.ts";
import { remark } from "./remark.ts";
import type { Run } from "./run.ts";
import { done, type StepEnding, skipped } from "./step.ts";

/** What outlets serve when a push is over, and how each image fared. */
export interface PushedImage {
  readonly outcomes: readonly Outcome[];
  readonly served: readonly Served[];
}

/**
 * Steps 4 and 5: the image at every outlet, under the edition's own tags and then under those of its branch, and one
 * digest everywhere. `keep` hears of each push at once, so that a run that fails afterwards can still tell of it.
 * @throws PUBLISH_INCOMPLETE where a required outlet has not got it, when all have been tried; VERSION_NEEDED
 */
export async function pushStep(
  run: Run,
  image: ReadyImage,
  outlets: readonly Outlet[],
  keep: (outcomes: readonly Outcome[]) => void,
): Promise<PushedImage> {
  const { fixed, moving } = run.edition;
  const names = moving.map(({ name }) => name);
  if (fixed.length + names.length === 0) throw failure("VERSION_NEEDED", { where: "`push`" });
  const first = fixed.length > 0 ? await pushFixed(run, image, outlets, keep) : undefined;
  if (first !== undefined && names.length === 0) return first;
  const second = await push(run, image, first?.served.map(({ outlet }) => outlet) ?? outlets, names, "overwritten");
  keep(second.outcomes);
  await tellPush(run, outlets, second, names);
  return { outcomes: [...(first?.outcomes ?? []), ...second.outcomes], served: second.served };
}

/** The tags that are never overwritten; what serves them counts only once it was read back. */
async function pushFixed(
  run: Run,
  image: ReadyImage,
  outlets: readonly Outlet[],
  keep: (outcomes: readonly Outcome[]) => void,
): Promise<PushedImage> {
  const { fixed } = run.edition;
  const pushed = await push(run, image, outlets, fixed, "kept");
  keep(pushed.outcomes);
  await tellPush(run, outlets, pushed, fixed);
  return { outcomes: pushed.outcomes, served: await compare(run, image, pushed.served, fixed) };
}

async function push(
  run: Run,
  image: ReadyImage,
  outlets: readonly Outlet[],
  tags: readonly string[],
  existing: "kept" | "overwritten",
): Promise<Pushed> {
  const { effects, signal, tellCopy, patience } = run;
  const common = { effects, signal, tell: tellCopy, existing, ...(patience !== undefined && { patience }) };
  return pushImage(image, outlets, tags, { ...common, spool: await run.spool() });
}

/** What became of each outlet, and of the push as a whole. */
async function tellPush(run: Run, outlets: readonly Outlet[], pushed: Pushed, tags: readonly string[]): Promise<void> {
  const { served, missed, outcomes } = pushed;
  const [tag = ""] = tags;
  for (const one of served) {
    await run.steps.add({ step: "push", subject: one.outlet.name, ...endingOf(one, tag, outcomes) });
  }
  for (const { outlet, error } of missed) {
    await run.steps.add({ step: "push", subject: outlet.name, status: "failed", error, tolerated: !outlet.required });
  }
  await run.steps.run("push", async () => {
    refuseMissing(
      missed.filter(({ outlet }) => outlet.required),
      tag,
    );
    return [done(remark("remark.push.complete", { count: served.length, total: outlets.length, tag })), undefined];
  });
}

function endingOf({ outlet, digest, adapted }: Served, tag: string, outcomes: readonly Outcome[]): StepEnding {
  const image = `${outlet.target.name}:${tag}`;
  if (adapted !== undefined) return done(remark("remark.push.adapted", { image, digest }));
  const isNew = outcomes.some(({ destination, status }) => destination === image && status === "copied");
  return isNew
    ? done(remark("remark.push.done", { image, digest }))
    : skipped(remark("remark.push.in-step", { image, digest }));
}

interface Missed {
  readonly outlet: Outlet;
  readonly error: SlipwayError;
}

function refuseMissing(missed: readonly Missed[], tag: string): void {
  const [first] = missed;
  if (first === undefined) return;
  const missing = missed.map(({ outlet }) => outlet.name).join(", ");
  const retryable = missed.every(({ error }) => error.retryable);
  throw failure("PUBLISH_INCOMPLETE", { tag, missing }, { cause: first.error, retryable });
}

/**
 * One digest everywhere, read back; only then may a release be touched.
 * @returns what serves it: an optional outlet that does not is passed over from here on
 * @throws DIGEST_NOT_SERVED
 */
async function compare(
  run: Run,
  image: ReadyImage,
  served: readonly Served[],
  tags: readonly string[],
): Promise<readonly Served[]> {
  return run.steps.run("compare", async () => {
    const wrong = new Set<Served>();
    for (const one of await compareServed(served, tags, run.patience)) {
      if (one.state === "same" || wrong.has(one.served)) continue;
      const { outlet } = one.served;
      if (outlet.required) throw one.error;
      wrong.add(one.served);
      const failed = { status: "failed", error: one.error, tolerated: true } as const;
      await run.steps.add({ step: "compare", subject: outlet.name, ...failed });
    }
    const right = served.filter((one) => !wrong.has(one));
    const { digest } = image;
    const other = right.filter((one) => one.digest !== digest);
    if (other.length === 0) return [done(remark("remark.compare.same", { digest })), right];
    const registries = other.map(({ outlet }) => outlet.name).join(", ");
    return [done(remark("remark.compare.adapted", { digest, registries })), right];
  });
}
