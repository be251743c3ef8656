import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Job } from "./job.ts";
import type { Origin } from "./origin.ts";

const execute = promisify(execFile);
const KNOWN = ["ref", "fetch-depth", "persist-credentials"];

/**
 * What actions/checkout does: by itself it brings the event's commit alone; with `fetch-depth: 0` all branches and tags.
 * https://github.com/actions/checkout/blob/main/src/ref-helper.ts
 * @param input of the step; `ref` may be a commit
 */
export async function checkOut(input: Readonly<Record<string, string>>, job: Job, origin: Origin): Promise<void> {
  for (const name of Object.keys(input)) assert.ok(KNOWN.includes(name), `nothing stands in for ${name}`);
  assert.equal(input["persist-credentials"], "false");
  const { ref } = job.event;
  const wanted = input.ref || job.event.sha;
  assert.match(wanted, /^[0-9a-f]{40}$/);
  const isOwn = wanted === job.event.sha;
  const git = (...args: readonly string[]) =>
    execute("git", args, { cwd: job.machine.workspace, env: { PATH: "/usr/bin:/bin", HOME: job.machine.env.HOME } });
  await git("init", "--quiet", "--initial-branch=unused");
  await git("remote", "add", "origin", origin.url);
  const local = localRef(ref);
  if (input["fetch-depth"] === "0") {
    const pull = ref.startsWith("refs/pull/") ? [`+${wanted}:${local}`] : [];
    await git("fetch", "--quiet", "origin", "+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*", ...pull);
  } else {
    const one = isOwn ? `+${ref.startsWith("refs/tags/") ? ref : wanted}:${local}` : wanted;
    await git("fetch", "--quiet", "--no-tags", "--depth=1", "origin", one);
  }
  const branch = /^refs\/heads\/(.*)$/.exec(ref)?.[1];
  if (!isOwn) await git("checkout", "--quiet", "--force", wanted);
  else await git("checkout", "--quiet", "--force", ...(branch === undefined ? [] : ["-B", branch]), local);
  assert.equal((await git("rev-parse", "HEAD")).stdout.trim(), wanted, "another commit is checked out");
}

function localRef(ref: string): string {
  return ref.replace("refs/heads/", "refs/remotes/origin/").replace("refs/pull/", "refs/remotes/pull/");
}
