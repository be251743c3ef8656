import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { loadOpenConfig, secretsLeftOut } from "../../src/config/slipway/load-open.ts";
import { ROOT } from "../house/sources.ts";
import { Checkout } from "./checkout.ts";

/** What a checkout of an example does not have: what its test is made of, and what runs left. */
const LEFT_OUT = /(?:\.test\.ts|^\.env)$|^(?:build|dist|\.slipway)\//;

/** A git checkout with an example's files, as they are, in its first commit. */
export async function checkoutOf(example: string): Promise<Checkout> {
  const folder = join(ROOT, "examples", example);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !LEFT_OUT.test(path));
  const files = paths.map(async (path) => [path, await readFile(join(folder, path), "utf8")] as const);
  return Checkout.of(Object.fromEntries(await Promise.all(files)));
}

/**
 * Fails unless an example's `.env.example` sets each variable that its configuration takes, and GITHUB_TOKEN where there
 * is a release, and no other, each after a line that says what it is for; and names the configuration's own defaults.
 */
export async function assertExplained(example: string): Promise<void> {
  const folder = join(ROOT, "examples", example);
  const text = await readFile(join(folder, "slipway.yaml"), "utf8");
  const { config, uses } = loadOpenConfig(join(folder, "slipway.yaml"), {}, secretsLeftOut);
  const own = config.publishing.release === undefined ? [] : ["GITHUB_TOKEN"];
  const wanted = new Set([...uses.map(({ name }) => name), ...own]);
  const explained = explainedIn(await readFile(join(folder, ".env.example"), "utf8"));
  assert.deepEqual([...explained.keys()].sort(), [...wanted].sort());
  for (const [name, value] of explained) {
    const fallback = new RegExp(`\\$\\{${name}:-([^}]*)\\}`).exec(text)?.[1] ?? "";
    assert.equal(value, fallback, name);
  }
}

/** What the variables of a `.env.example` are set to. @throws where no comment goes before one */
function explainedIn(text: string): ReadonlyMap<string, string> {
  const lines = text.split("\n");
  const variables = new Map<string, string>();
  for (const [at, line] of lines.entries()) {
    const [, name, value = ""] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    assert.match(lines[at - 1] ?? "", /^# \S/, `nothing says what ${name} is for`);
    assert.ok(!variables.has(name), `${name} is there twice`);
    variables.set(name, value);
  }
  return variables;
}
