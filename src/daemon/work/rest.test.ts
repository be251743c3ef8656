import assert from "node:assert/strict";
import { test } from "node:test";
import { restAfterWork } from "./rest.ts";

const QUIET = 10_000;

test("memory is given back once after each burst of work, and never in the middle of one", (context) => {
  context.mock.timers.enable({ apis: ["setInterval"] });
  let worked: number | undefined = 0;
  let collected = 0;
  using rest = restAfterWork(
    () => worked,
    () => {
      collected += 1;
    },
  );
  const after = (quiets: number) => {
    context.mock.timers.tick(quiets * QUIET);
    return collected;
  };
  assert.equal(after(1), 0);
  assert.equal(after(5), 1, "what the start has left");
  worked = undefined;
  assert.equal(after(3), 1, "something is being done");
  worked = 1;
  assert.equal(after(1), 1, "it has only just ended");
  assert.equal(after(5), 2);
  for (const more of [2, 3, 4]) {
    worked = more;
    assert.equal(after(1), 2, "there was some more");
  }
  assert.equal(after(1), 3);
  rest[Symbol.dispose]();
  worked = 5;
  assert.equal(after(5), 3);
});

test("what is given back is given to the system", (context) => {
  context.mock.timers.enable({ apis: ["setInterval"] });
  using _ = restAfterWork(() => 0);
  let garbage: unknown[] | undefined = Array.from({ length: 1_000_000 }, (_, at) => ({ at }));
  const before = process.memoryUsage().heapTotal;
  assert.equal(garbage.length, 1_000_000);
  garbage = undefined;
  context.mock.timers.tick(2 * QUIET);
  return new Promise<void>((resolve, reject) => {
    const look = (tries: number) => {
      if (process.memoryUsage().heapTotal < before / 2) resolve();
      else if (tries === 0) reject(new Error(`${process.memoryUsage().heapTotal} of ${before} bytes are left`));
      else setTimeout(look, 50, tries - 1);
    };
    look(100);
  });
});
