import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { temporaryFolder } from "../../testing/index.ts";
import { setOutput } from "./output.ts";

/** What the runner reads of a file of outputs. */
function parse(text: string): Readonly<Record<string, string>> {
  const outputs: Record<string, string> = {};
  const lines = text.split("\n");
  for (let at = 0; at < lines.length - 1; at += 1) {
    const [, name = "", delimiter] = /^([^=<]+)<<(.+)$/.exec(lines[at] ?? "") ?? [];
    const end = lines.indexOf(delimiter ?? "", at + 1);
    assert.ok(end > at, `a broken line: ${lines[at]}`);
    outputs[name] = lines.slice(at + 1, end).join("\n");
    at = end;
  }
  return outputs;
}

test("outputs are written one after the other", async () => {
  await using folder = await temporaryFolder("output");
  const environment = { GITHUB_OUTPUT: join(folder.path, "output") };
  assert.equal(await setOutput(environment, "digest", "sha256:1"), "written");
  await setOutput(environment, "tags", "1.2.3\nlatest\n");
  assert.deepEqual(parse(await readFile(environment.GITHUB_OUTPUT, "utf8")), {
    digest: "sha256:1",
    tags: "1.2.3\nlatest\n",
  });
});

test("no value ends itself", async () => {
  await using folder = await temporaryFolder("output");
  let number = 0;
  const line = fc.constantFrom("name<<EOF", "EOF", "x=y", "slipway-", "", "<<", "a");
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 6 }), async (lines) => {
      number += 1;
      const GITHUB_OUTPUT = join(folder.path, String(number));
      await setOutput({ GITHUB_OUTPUT }, "value", lines.join("\n"));
      assert.deepEqual(parse(await readFile(GITHUB_OUTPUT, "utf8")), { value: lines.join("\n") });
    }),
    { seed: 3, numRuns: 50 },
  );
});

test("where nobody reads them, or they cannot be written", async () => {
  assert.equal(await setOutput({}, "digest", "x"), "none");
  await assert.rejects(setOutput({ GITHUB_OUTPUT: "/nowhere/output" }, "digest", "x"), {
    code: "STORAGE_FAILED",
    facts: { path: "/nowhere/output", reason: "ENOENT" },
  });
});
