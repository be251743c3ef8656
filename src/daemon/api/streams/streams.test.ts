import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_RUN_COUNTS } from "../../../store/records.ts";
import { type SampleApi, sampleApi } from "../sample-api.ts";
import { Poller } from "./poller.ts";

const CONFIG = `
mirrors:
  - { name: app, from: docker.io/acme/app, to: one.example/acme/app }
  - { name: tool, from: docker.io/acme/tool, to: one.example/acme/tool }
`;

interface Told {
  readonly event?: string;
  readonly id?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Events of an answer, one by one. */
async function* events(answer: Response): AsyncGenerator<Told, undefined> {
  let rest = "";
  for await (const chunk of (answer.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const fields = block
        .split("\n")
        .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]);
      const { event, id, data = "null" } = Object.fromEntries(fields);
      if (event !== undefined) yield { event, id, data: JSON.parse(data) };
    }
  }
}

async function next(told: AsyncGenerator<Told, undefined>): Promise<Told> {
  const { value } = await told.next();
  return value ?? {};
}

/** Begins a run of `app`, and gives what its worker says of it. */
async function beginRun({ daemon: { store, now } }: SampleApi, key: string) {
  const { run } = await store.runs.begin({ mirror: "app", trigger: "manual", key, at: now });
  const lease = await store.jobs.claim({ worker: "w", at: now, lease: 60_000 });
  assert.ok(lease !== undefined);
  const line = (subject: string) => ({ at: now, level: "info", key: "notify.what.sync", facts: { subject } }) as const;
  return {
    id: run.id,
    /** Is so far, with nothing to say. */
    reach: (copied: number) =>
      store.jobs.renew(lease, { at: now, lease: 60_000, counts: { ...NO_RUN_COUNTS, copied }, lines: [] }),
    say: (...subjects: string[]) =>
      store.jobs.renew(lease, { at: now, lease: 60_000, counts: NO_RUN_COUNTS, lines: subjects.map(line) }),
    end: (...subjects: string[]) =>
      store.jobs.finish(lease, { at: now, counts: NO_RUN_COUNTS, tags: [], lines: subjects.map(line), hosts: [] }),
  };
}

const textOf = ({ data }: Told) => data?.text;

test("the mirrors that something has happened to are told, whoever did it", async () => {
  await using sample = await sampleApi(CONFIG);
  const told = events(await sample.ask("/api/v1/events"));
  const run = await beginRun(sample, "1");
  assert.deepEqual((await next(told)).data, { mirrors: ["app"] });
  await run.say("x");
  await run.end();
  assert.deepEqual((await next(told)).data, { mirrors: ["app"] });
  sample.daemon.inForce = { ...sample.daemon.inForce };
  assert.deepEqual((await next(told)).data, { mirrors: ["app", "tool"] });
});

test("a run that begins and ends between two looks is told, too", async () => {
  await using sample = await sampleApi(CONFIG, { streams: { every: 60 } });
  const told = events(await sample.ask("/api/v1/events"));
  const waiting = next(told);
  await new Promise((resolve) => setTimeout(resolve, 20));
  await (await beginRun(sample, "1")).end();
  assert.deepEqual((await waiting).data, { mirrors: ["app"] });
});

test("whoever comes back is told of all mirrors, for anything may have happened", async () => {
  await using sample = await sampleApi(CONFIG);
  const told = events(await sample.ask("/api/v1/events", { headers: { "last-event-id": "7" } }));
  assert.deepEqual((await next(told)).data, { mirrors: ["app", "tool"] });
});

test("a run is told live: itself, its lines, and its end", async () => {
  await using sample = await sampleApi(CONFIG);
  const run = await beginRun(sample, "1");
  await run.say("one", "two");
  const told = events(await sample.ask(`/api/v1/runs/${run.id}/events`));
  const first = await next(told);
  assert.deepEqual([first.event, first.data?.state], ["run", "running"]);
  const lines = [await next(told), await next(told)];
  assert.deepEqual(
    lines.map((line) => [line.event, line.id, textOf(line)]),
    [
      ["line", "1", "sync of one"],
      ["line", "2", "sync of two"],
    ],
  );
  await run.say("three");
  assert.equal(textOf(await next(told)), "sync of three");
  await run.end("four");
  const rest: Told[] = [];
  for await (const event of told) rest.push(event);
  assert.deepEqual(rest.filter(({ event }) => event === "line").map(textOf), ["sync of four"]);
  assert.deepEqual([rest.at(-1)?.event, rest.at(-1)?.data?.state, rest.at(-1)?.id], ["end", "done", "4"]);
});

test("how far a run is is told, also where it says nothing", async () => {
  await using sample = await sampleApi(CONFIG);
  const run = await beginRun(sample, "1");
  const told = events(await sample.ask(`/api/v1/runs/${run.id}/events`));
  await next(told);
  for (const copied of [1, 2]) {
    await run.reach(copied);
    const { event, data } = await next(told);
    assert.deepEqual([event, Object(data?.counts).copied], ["run", copied]);
  }
  await run.end();
  assert.equal((await next(told)).data?.state, "done");
  assert.equal((await next(told)).event, "end");
});

test("whoever comes back goes on behind the last line, and is not asked to come back after the end", async () => {
  await using sample = await sampleApi(CONFIG);
  const run = await beginRun(sample, "1");
  await run.end("one", "two", "three");
  const ask = (last: string) => sample.ask(`/api/v1/runs/${run.id}/events`, { headers: { "last-event-id": last } });
  const rest: Told[] = [];
  for await (const event of events(await ask("2"))) rest.push(event);
  assert.deepEqual(
    rest.map(({ event, id }) => [event, id]),
    [
      ["run", undefined],
      ["line", "3"],
      ["end", "3"],
    ],
  );
  assert.equal((await ask("3")).status, 204);
  assert.equal((await ask("nonsense")).status, 200);
  assert.equal((await sample.ask("/api/v1/runs/none/events")).status, 404);
});

test("a log of many pages arrives whole, in order", async () => {
  await using sample = await sampleApi(CONFIG);
  const run = await beginRun(sample, "1");
  const subjects = Array.from({ length: 450 }, (_, number) => `n${number}`);
  await run.end(...subjects);
  const lines: unknown[] = [];
  for await (const event of events(await sample.ask(`/api/v1/runs/${run.id}/events`))) {
    if (event.event === "line") lines.push(textOf(event));
  }
  assert.deepEqual(
    lines,
    subjects.map((subject) => `sync of ${subject}`),
  );
});

test("all who watch a run share one look at the store", async () => {
  await using sample = await sampleApi(CONFIG, { streams: { every: 30 } });
  const run = await beginRun(sample, "1");
  const { runs } = sample.daemon.store;
  let looks = 0;
  const get = runs.get.bind(runs);
  runs.get = (id) => {
    looks += 1;
    return get(id);
  };
  const views = await Promise.all(Array.from({ length: 20 }, () => sample.ask(`/api/v1/runs/${run.id}/events`)));
  const told = views.map(events);
  await Promise.all(told.map(next));
  looks = 0;
  const waiting = told.map(next);
  await new Promise((resolve) => setTimeout(resolve, 150));
  assert.ok(looks <= 8, `${looks} looks`);
  await run.end("last");
  for (const event of await Promise.all(waiting)) assert.ok(event.event === "run" || event.event === "line");
});

test("so many streams may be open, and an ended one makes room", async () => {
  await using sample = await sampleApi(CONFIG, { streams: { limit: 2 } });
  const leaving = new AbortController();
  const first = await sample.ask("/api/v1/events", { signal: leaving.signal });
  const second = await sample.ask("/api/v1/events");
  const refused = await sample.ask("/api/v1/events");
  assert.deepEqual([refused.status, Object(await refused.json()).code], [503, "API_STREAMS_EXCEEDED"]);
  leaving.abort();
  for await (const _ of events(first));
  const third = await sample.ask("/api/v1/events");
  assert.equal(third.status, 200);
  await second.body?.cancel();
  await third.body?.cancel();
});

test("a reader who goes away without a word makes room, too", async () => {
  await using sample = await sampleApi(CONFIG, { streams: { limit: 1 } });
  const first = await sample.ask("/api/v1/events");
  await first.body?.cancel();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal((await sample.ask("/api/v1/events")).status, 200);
});

test("a stream ends when its token is removed", async () => {
  await using sample = await sampleApi(CONFIG, { streams: { beat: 10 } });
  const answer = await sample.ask("/api/v1/events", { token: sample.reader });
  await sample.daemon.store.tokens.remove("watcher");
  const told: Told[] = [];
  for await (const event of events(answer)) told.push(event);
  assert.deepEqual(told, []);
});

test("a silent stream is kept alive by comments", async () => {
  await using sample = await sampleApi(CONFIG, { streams: { beat: 5 } });
  const reader = (await sample.ask("/api/v1/events")).body?.pipeThrough(new TextDecoderStream()).getReader();
  let said = "";
  while (!said.includes(":\n\n")) said += (await reader?.read())?.value ?? "";
  assert.equal(said.split("\n\n")[0], "retry: 3000");
  await reader?.cancel();
});

test("streams end when the daemon does", async () => {
  await using sample = await sampleApi(CONFIG);
  const answer = await sample.ask("/api/v1/events");
  sample.api.streams.close();
  for await (const _ of events(answer));
});

test("a look that fails is tried again, and nobody looks while nobody waits", async () => {
  let looks = 0;
  const poller = new Poller(async () => {
    looks += 1;
    if (looks === 1) throw new Error("no store");
    return true;
  }, 5);
  const { signal } = new AbortController();
  await poller.after(0, signal);
  assert.deepEqual([looks, poller.version], [2, 1]);
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(looks, 2);
  await poller.after(1, AbortSignal.abort());
  assert.equal(looks, 2);
});

test("a reader who has stopped reading is let go, and room is made", async () => {
  await using sample = await sampleApi(CONFIG, { streams: { limit: 1 } });
  const leaving = new AbortController();
  const run = await beginRun(sample, "1");
  await run.end(...Array.from({ length: 50 }, (_, number) => `n${number}`));
  await sample.ask(`/api/v1/runs/${run.id}/events`, { signal: leaving.signal });
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal((await sample.ask("/api/v1/events")).status, 503);
  leaving.abort();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal((await sample.ask("/api/v1/events")).status, 200);
});
