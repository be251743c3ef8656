import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const urlOf = (file: string) => JSON.stringify(pathToFileURL(`${import.meta.dirname}/${file}`).href);

/** A process that is watched and does something; what it wrote to its log, and its exit code. */
async function watched(work: string): Promise<{ readonly log: string; readonly code: number | null }> {
  const script = `
    import { Logbook } from ${urlOf("../../daemon/log/logbook.ts")};
    import { createLogger } from ${urlOf("../../daemon/log/create-logger.ts")};
    import { wordsOf } from ${urlOf("../../words/words.ts")};
    import { watchProcess } from ${urlOf("watch-process.ts")};
    const write = (line) => process.stdout.write(line);
    const log = new Logbook(createLogger({ level: "info", write, now: Date.now }), wordsOf("en"));
    using _ = watchProcess(log, () => write("reloaded\\n"));
    ${work}`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [log, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
  return { log, code };
}

test("a rejection that nobody took is written down, and work goes on; SIGHUP reloads", async () => {
  const { log, code } = await watched(`
    void Promise.reject(new TypeError("nobody takes this"));
    await new Promise((resolve) => setTimeout(resolve, 10));
    process.kill(process.pid, "SIGHUP");
    await new Promise((resolve) => setTimeout(resolve, 50));
    write("still here\\n");`);
  assert.match(log, /"event":"fault".*nobody takes this.*\nreloaded\nstill here\n/);
  assert.equal(code, 0);
});

test("after an exception that nobody caught the process ends, and has said why", async () => {
  const { log, code } = await watched(`
    setTimeout(() => { throw new TypeError("nobody catches this"); }, 0);
    await new Promise((resolve) => setTimeout(resolve, 5000));`);
  assert.match(log, /"event":"fault".*nobody catches this/);
  assert.equal(code, 1);
});
