import assert from "node:assert/strict";
import { Socket } from "node:net";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { Records } from "./records.ts";

const BUFFER = 64 * 1024;

/** A reader that takes what it is handed, and a socket that reads as Node's does: it asks for the next buffer at once. */
function stage(goesOn = true) {
  const handed: string[] = [];
  const records = new Records({
    buffer: () => Buffer.alloc(BUFFER),
    callback: (bytes, buffer) => {
      handed.push(Buffer.from(buffer.subarray(0, bytes)).toString());
      return goesOn;
    },
  });
  const socket = new Socket();
  let paused = 0;
  socket.pause = () => {
    paused += 1;
    return socket;
  };
  records.follow(socket);
  let into = records.into.buffer();
  const receive = (text: string) => {
    into.set(Buffer.from(text));
    const result = records.into.callback(text.length, into);
    into = records.into.buffer();
    return result;
  };
  return { handed, receive, socket, paused: () => paused };
}

const full = "r".repeat(16_384);

test("records that come together are handed on together, and what comes later is not mixed in", async () => {
  const { handed, receive } = stage();
  for (const text of ["one ", "two ", "three"]) assert.equal(receive(text), true);
  assert.deepEqual(handed, []);
  await turn();
  assert.deepEqual(handed, ["one two three"]);
  receive("four");
  await turn();
  assert.deepEqual(handed, ["one two three", "four"]);
});

test("a full buffer does not wait", () => {
  const { handed, receive } = stage();
  for (let at = 0; at < 4; at += 1) receive(full);
  assert.deepEqual(
    handed.map((text) => text.length),
    [65_536],
  );
});

test("a reader that has enough stops the socket, at once or a turn later", async () => {
  const { receive, paused } = stage(false);
  for (let at = 0; at < 3; at += 1) assert.equal(receive(full), true);
  assert.equal(receive(full), false);
  assert.equal(paused(), 0);
  receive("more");
  await turn();
  assert.equal(paused(), 1);
});

for (const event of ["end", "close"]) {
  test(`what came before the ${event} is handed on before it`, () => {
    const { handed, receive, socket } = stage();
    receive("last");
    socket.on(event, () => handed.push("over"));
    socket.emit(event);
    assert.deepEqual(handed, ["last", "over"]);
  });
}
