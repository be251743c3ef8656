import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { parse } from "yaml";
import * as z from "zod";
import { contentOf, ROOT } from "../house/sources.ts";
import type { Workplace } from "./workplace.ts";

const step = z.strictObject({
  name: z.string(),
  id: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.union([z.string(), z.boolean()])).optional(),
  shell: z.literal("bash").optional(),
  env: z.record(z.string(), z.string()).default({}),
  run: z.string().optional(),
});
const action = z.strictObject({
  name: z.string(),
  description: z.string(),
  author: z.string(),
  branding: z.strictObject({ icon: z.string(), color: z.string() }),
  inputs: z.record(z.string(), z.strictObject({ description: z.string(), default: z.string() })),
  outputs: z.record(z.string(), z.strictObject({ description: z.string(), value: z.string() })),
  runs: z.strictObject({ using: z.literal("composite"), steps: z.array(step) }),
});

/** Slipway's own `action.yml`. https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax */
export const ACTION = action.parse(parse(contentOf("action.yml")));

export interface ActionRun {
  /** Of the step that failed, or 0. */
  readonly code: number;
  /** What the steps printed, both streams. */
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** The lines that GitHub makes annotations of. */
  readonly annotations: readonly string[];
  /** The page of the job. */
  readonly summary: string;
  /** What later steps of the job find in PATH besides. */
  readonly path: readonly string[];
  /** How npm was called, and where. */
  readonly npm: readonly string[];
  readonly node: string | undefined;
}

/**
 * Runs the Action's steps in a folder, as a runner does for `uses:` with these inputs. Node is there already, and npm is
 * stood in for: it says how it was called, and has installed what is installed here.
 * @param env what the step that uses the Action has besides
 */
export async function runAction(
  place: Workplace,
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): Promise<ActionRun> {
  const runner = await prepare(place);
  const given = { ...defaults(), ...inputs };
  const outputs: Record<string, Readonly<Record<string, string>>> = {};
  const ended = { code: 0, log: "" };
  let node: string | undefined;
  for (const one of ACTION.runs.steps) {
    const fill = (text: string) => filled(text, given, runner.action, outputs);
    if (one.if !== undefined && !isMet(one.if, given)) continue;
    if (one.uses !== undefined) {
      assert.match(one.uses, /^actions\/setup-node@[0-9a-f]{40}$/);
      node = fill(String(one.with?.["node-version"]));
      continue;
    }
    const own = Object.fromEntries(Object.entries(one.env).map(([name, value]) => [name, fill(value)]));
    const ran = await bash(one.run ?? "", place.path("."), { ...runner.env, ...env, ...own });
    ended.log += ran.log;
    if (one.id !== undefined) outputs[one.id] = outputsIn(await place.read("home/runner/output"));
    ended.code = ran.code;
    if (ran.code !== 0) break;
  }
  const lines = async (file: string) => (await place.read(file)).split("\n").filter((line) => line !== "");
  return {
    ...ended,
    outputs: Object.fromEntries(
      Object.entries(ACTION.outputs).map(([name, { value }]) => [name, filled(value, given, runner.action, outputs)]),
    ),
    annotations: ended.log.split("\n").filter((line) => /^::(?:error|warning|notice)\b/.test(line)),
    summary: await place.read("home/runner/summary"),
    path: await lines("home/runner/path"),
    npm: await lines("home/runner/npm"),
    node,
  };
}

/** The text of an annotation, with its escapes undone. */
export function annotationText(line: string): string {
  const text = line.replace(/^::\w+[^:]*::/, "");
  return text.replaceAll("%0A", "\n").replaceAll("%0D", "\r").replaceAll("%25", "%");
}

async function prepare(place: Workplace) {
  const action = place.path("home/action");
  for (const file of ["output", "summary", "path", "npm"]) await place.write(`home/runner/${file}`, "");
  await mkdir(place.path("home/runner/temp"), { recursive: true });
  await mkdir(action, { recursive: true });
  for (const entry of ["bin", "src", "package.json"]) {
    await symlink(join(ROOT, entry), join(action, entry)).catch(() => undefined); // it is there from an earlier run
  }
  // somebody's click
  const payload = { inputs: null, repository: { full_name: "acme/source", default_branch: "main" } };
  await place.write("home/runner/event.json", JSON.stringify(payload));
  const npm = `#!/bin/sh
echo "$PWD: npm $*" >> "${place.path("home/runner/npm")}"
mkdir -p node_modules && touch node_modules/.package-lock.json
`;
  await place.write("home/programs/npm", npm, 0o755);
  const env = {
    PATH: [place.path("home/programs"), dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter),
    HOME: place.path("home"),
    XDG_RUNTIME_DIR: place.path("home"),
    LANG: "C.UTF-8",
    NODE_COMPILE_CACHE: join(tmpdir(), "slipway-end-to-end-compiled"),
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_EVENT_NAME: "workflow_dispatch",
    GITHUB_EVENT_PATH: place.path("home/runner/event.json"),
    GITHUB_REF: "refs/heads/main",
    GITHUB_REPOSITORY: "acme/source",
    GITHUB_RUN_ID: "42",
    GITHUB_SHA: "a".repeat(40),
    GITHUB_OUTPUT: place.path("home/runner/output"),
    GITHUB_PATH: place.path("home/runner/path"),
    GITHUB_STEP_SUMMARY: place.path("home/runner/summary"),
    GITHUB_WORKSPACE: place.path("."),
    RUNNER_TEMP: place.path("home/runner/temp"),
    SLIPWAY_CACHE_DIR: place.path("cache"),
  };
  return { action, env };
}

function defaults(): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(ACTION.inputs).map(([name, input]) => [name, input.default]));
}

function isMet(condition: string, inputs: Readonly<Record<string, string>>): boolean {
  const [, name = ""] = /^inputs\.([\w-]+) != ''$/.exec(condition) ?? assert.fail(`not understood: ${condition}`);
  return inputs[name] !== "";
}

function filled(
  text: string,
  inputs: Readonly<Record<string, string>>,
  action: string,
  outputs: Readonly<Record<string, Readonly<Record<string, string>>>>,
): string {
  return text.replace(/\$\{\{ (.+?) \}\}/g, (_, name: string) => {
    const [context, ...keys] = name.split(".");
    if (name === "github.action_path") return action;
    if (context === "inputs") return inputs[keys.join(".")] ?? assert.fail(`there is no input ${name}`);
    const [id = "", , output = ""] = keys;
    assert.ok(context === "steps" && keys[1] === "outputs", `not understood: ${name}`);
    return outputs[id]?.[output] ?? "";
  });
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#defaultsrunshell */
function bash(script: string, cwd: string, env: Readonly<Record<string, string>>) {
  return new Promise<{ readonly code: number; readonly log: string }>((resolve) => {
    const args = ["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", `exec 2>&1\n${script}`];
    execFile("bash", args, { cwd, env: { ...env }, maxBuffer: 1e8 }, (error, log) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), log });
    });
  });
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#multiline-strings */
function outputsIn(text: string): Readonly<Record<string, string>> {
  const found = [...text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n?^\2$/gm)];
  return Object.fromEntries(found.map(([, name = "", , value = ""]) => [name, value]));
}
