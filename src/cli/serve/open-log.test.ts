import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { temporaryFolder } from "../../target/temporary-folder.ts";
import type { GlobalOptions } from "../globals.ts";
import { openLog } from "./open-log.ts";

const DEFAULTS: GlobalOptions = {
  config: undefined,
  json: false,
  report: undefined,
  log: undefined,
  logLevel: undefined,
  progress: undefined,
  color: undefined,
  lang: undefined,
  cacheDir: undefined,
  cacheLimit: undefined,
  input: true,
};

/** What is written where for one line, and one that is only for debugging. */
async function logged(globals: Partial<GlobalOptions>, isTTY: boolean): Promise<string> {
  const written: string[] = [];
  const err = { isTTY, write: (text: string) => written.push(text) };
  const logger = await openLog({ globals: { ...DEFAULTS, ...globals }, err });
  logger.info({ mirror: "app" }, "hello");
  logger.debug({}, "details");
  return written.join("");
}

test("lines are for programs, and for people where somebody watches", async () => {
  const json = /^\{"level":"info","time":"[^"]+","mirror":"app","msg":"hello"\}\n$/;
  const text = /^[^{]+Z info {2}hello {2}mirror=app\n$/;
  const rows: readonly (readonly [globals: Partial<GlobalOptions>, isTTY: boolean, form: RegExp])[] = [
    [{}, false, json],
    [{}, true, text],
    [{ json: true }, true, json],
    [{ progress: "json" }, true, json],
    [{ progress: "plain" }, false, text],
    [{ progress: "none" }, true, /^$/],
  ];
  for (const [globals, isTTY, form] of rows) assert.match(await logged(globals, isTTY), form);
  assert.match(await logged({ logLevel: "debug" }, false), /"level":"debug"/);
  assert.equal(await logged({ logLevel: "warn" }, false), "");
});

test("a file that is named has them all as JSON, added to what it had", async (context: TestContext) => {
  const file = join(await temporaryFolder(context), "serve.log");
  await logged({ log: file }, true);
  await logged({ log: file, progress: "none" }, true);
  for (let lines = 0; lines < 2; ) lines = (await readFile(file, "utf8")).split("\n").length - 1;
  assert.match(await readFile(file, "utf8"), /^(\{.*"msg":"hello"\}\n){2}$/);
  await assert.rejects(logged({ log: join(file, "below") }, true), { code: "FILE_UNWRITABLE" });
});
