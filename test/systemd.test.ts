import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { pathOf } from "../src/testing/servers/program.ts";
import { contentOf } from "./house/sources.ts";
import { Workplace } from "./support/workplace.ts";

const execute = promisify(execFile);
/** Of 10, as systemd counts: https://www.freedesktop.org/software/systemd/man/latest/systemd-analyze.html */
const MOST_EXPOSED = 1.5;

const unit = contentOf("deploy/systemd/slipway.service");
const [, program = "", args = ""] = /^ExecStart=(\S+) (.*)$/m.exec(unit) ?? [];

test("systemd finds nothing wrong with slipway.service, and little that it could do harm with", async () => {
  await using workplace = await Workplace.with({ "slipway.service": unit.replace(program, process.execPath) });
  const analyze = await pathOf({ name: "systemd-analyze", aptPackage: "systemd" });
  const file = workplace.path("slipway.service");
  const verified = await execute(analyze, ["verify", "--man=no", file]);
  assert.equal(verified.stdout + verified.stderr, "");
  await execute(analyze, ["security", "--offline=true", `--threshold=${MOST_EXPOSED * 10}`, file]);
});

test("the command that slipway.service runs is one", async () => {
  assert.equal(program.split("/").at(-1), "slipway");
  await using workplace = await Workplace.with();
  const ended = await workplace.slipway([...args.split(" "), "--help"]);
  assert.equal(ended.code, 0, ended.stderr);
  assert.match(ended.stdout, /slipway serve/);
});
