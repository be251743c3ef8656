import assert from "node:assert/strict";
import { assertOutput } from "./output.ts";
import type { Block, Page } from "./page.ts";
import { runWorkflow } from "./workflow.ts";
import type { World } from "./world.ts";

/**
 * Does what a page says, from top to bottom: writes its files, runs its commands, and compares what they print with the
 * text that follows them at once.
 */
export async function follow({ path, blocks }: Page, world: World): Promise<void> {
  let printed = "";
  const configs = new Set<string>();
  for (const block of blocks) {
    const where = `${path}:${block.line}`;
    for (const { registry, state } of block.meanwhile) await world.turn(registry, state);
    if (block.file !== undefined) await keep(block.file, block, world, configs);
    if (block.language === "text" && block.follows) assertOutput(printed, block.text, where);
    if (block.language === "sh") printed = await run(block.text, world, where);
  }
  for (const config of configs) await run(`slipway config check --config ${config}`, world, path);
}

async function run(script: string, world: World, where: string): Promise<string> {
  const { code, output } = await world.run(script);
  assert.equal(code, 0, `${where}\n${output}`);
  assert.doesNotMatch(output, /canary|[?&]sig=/, `${where} prints a secret`);
  return output;
}

async function keep(file: string, { text }: Block, world: World, configs: Set<string>): Promise<void> {
  await world.write(file, text);
  if (file.startsWith(".github/workflows/")) await runWorkflow(world, text);
  if (file.endsWith("slipway.yaml")) configs.add(file);
}
