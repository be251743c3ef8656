import assert from "node:assert/strict";
import { test } from "node:test";
import { failure } from "../../words/error.ts";
import { wordsOf } from "../../words/words.ts";
import { createLogger } from "./create-logger.ts";
import { Logbook } from "./logbook.ts";
import { readableLine } from "./readable-line.ts";

function setting(level: "debug" | "info" = "info") {
  const lines: string[] = [];
  const logger = createLogger({
    level,
    write: (line) => lines.push(line),
    now: () => Date.parse("2026-11-26T12:00:00Z"),
  });
  return { lines, logger, log: new Logbook(logger, wordsOf("en")) };
}

const ENDED = { mirror: "app", run: "r", job: "j", copied: 2, skipped: 1, failed: 0 };

test("a line says what happened in words, and what it is about in fields", () => {
  const { lines, log } = setting();
  log.info("job-ended", ENDED);
  log.debug("job-begun", { mirror: "app" });
  assert.deepEqual(
    lines.map((line) => JSON.parse(line)),
    [
      {
        level: "info",
        time: "2026-11-26T12:00:00.000Z",
        event: "job-ended",
        ...ENDED,
        msg: "a part of a run of app has ended: 2 copied, 1 skipped, 0 failed",
      },
    ],
  );
  assert.equal(
    readableLine(lines[0] ?? ""),
    "2026-11-26T12:00:00.000Z info  a part of a run of app has ended: 2 copied, 1 skipped, 0 failed  mirror=app  run=r  job=j  copied=2  skipped=1  failed=0\n",
  );
});

test("an error comes with its code and its hint, and what nobody foresaw with where it came from", () => {
  const { lines, log } = setting();
  log.failed("store-lost", failure("STORE_UNREACHABLE", { where: "db", reason: "refused\u001b[31m" }), {});
  const { code, error, hint } = JSON.parse(lines[0] ?? "");
  assert.equal(code, "STORE_UNREACHABLE");
  assert.match(error, /^db cannot be reached/);
  assert.match(hint, /database/);
  const [, second, third] = readableLine(lines[0] ?? "").split("\n");
  assert.match(second ?? "", /^ {4}db cannot be reached: refused\uFFFD/);
  assert.match(third ?? "", /^ {4}Check that/);
  log.failed("fault", failure("UNEXPECTED", { reason: "x" }, { cause: new TypeError("x") }), {});
  assert.match(readableLine(lines[1] ?? ""), /TypeError: x\n {4}at /);
});

test("S23: what has the name of a secret is not written, whoever gives it", () => {
  const { lines, logger } = setting();
  logger.info(
    { token: "canary", headers: { authorization: "Bearer canary", cookie: "canary" }, secret: "canary" },
    "x",
  );
  logger.warn({ login: { password: "canary" } }, "x");
  assert.doesNotMatch(lines.join(""), /canary/);
});
