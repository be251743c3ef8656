import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Watch } from "./watch.ts";

test("silence ends a request, and every piece that moves begins it anew", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    using watch = new Watch(100, "host", "GET /");
    const chunks = watch.over(
      (async function* () {
        yield Buffer.from("a");
        yield Buffer.from("b");
      })(),
    );
    for (const done of [false, false, true]) {
      mock.timers.tick(60);
      assert.equal((await chunks.next()).done, done);
      assert.equal(watch.signal.aborted, false);
    }
    mock.timers.tick(99);
    assert.equal(watch.signal.aborted, false);
    mock.timers.tick(1);
    assert.equal(watch.signal.reason.message, "host cannot be reached: no byte moved for 0.1 s (GET /)");
  } finally {
    mock.timers.reset();
  }
});

test("a request that has ended is watched no more", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const watch = new Watch(100, "host", "GET /");
    watch[Symbol.dispose]();
    watch.tick();
    mock.timers.tick(1000);
    assert.equal(watch.signal.aborted, false);
  } finally {
    mock.timers.reset();
  }
});
