import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import type { OutboxRecord } from "../../store/records.ts";
import type { Store } from "../../store/store.ts";
import type { Control } from "../control.ts";
import { messageIn } from "../outbox/index.ts";
import { alarmRound } from "./alarm-round.ts";
import { Observer } from "./observe.ts";
import { type SampleDaemon, sampleDaemon, sampleInForce } from "./sample-daemon.ts";

const START = Date.parse("2026-03-01T12:00:00Z");
const MIRRORS = ["a", "b", "c"];

let daemon: SampleDaemon;
before(async () => {
  daemon = await sampleDaemon("mirrors: []\n", START);
});
after(() => daemon[Symbol.asyncDispose]());

/** What comes in between when a round writes. */
type Disturbance = "none" | "killed before" | "killed after" | "another process";

type Event =
  | { readonly what: "ended"; readonly mirror: string; readonly state: "done" | "failed" }
  | { readonly what: "round"; readonly disturbance: Disturbance };

const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    what: fc.constant("ended" as const),
    mirror: fc.constantFrom(...MIRRORS),
    state: fc.constantFrom("done" as const, "failed" as const),
  }),
  fc.record({
    what: fc.constant("round" as const),
    disturbance: fc.constantFrom<Disturbance[]>("none", "killed before", "killed after", "another process"),
  }),
);

/** The daemon's store, as a process sees it that is disturbed when it writes. */
function disturbed(store: Store, disturbance: Disturbance, other: () => Promise<unknown>): Store {
  const change: Store["incidents"]["change"] = async (changes, messages) => {
    if (disturbance === "killed before") throw new Error("killed");
    if (disturbance === "another process") await other();
    const isWritten = await store.incidents.change(changes, messages);
    if (disturbance === "killed after") throw new Error("killed");
    return isWritten;
  };
  return { ...store, incidents: { all: () => store.incidents.all(), change } };
}

const MEANS = { endings: undefined, language: "en" } as const;

test("whoever is killed at any instant, or comes in between, tells each thing once", async () => {
  let sequence = 0;
  const property = fc.asyncProperty(fc.array(event, { minLength: 3, maxLength: 9 }), async (events) => {
    sequence += 1;
    const name = (mirror: string) => `${mirror}-${sequence}`;
    daemon.now += 60_000;
    const mirrors = MIRRORS.map((one) => `  - { name: ${name(one)}, from: s.io/${one}, to: d.io/${one} }\n`).join("");
    daemon.inForce = sampleInForce(
      `serve: { targets: { success: 1 } }\nnotify: [{ webhook: "https://h.example/" }]\nmirrors:\n${mirrors}`,
      daemon.now,
    );
    // Another process's memory outlives what happens to this one.
    const others = new Observer(daemon.control);
    let observer = new Observer(daemon.control);
    const states = new Map<string, string>();
    for (const one of [...events, { what: "round", disturbance: "none" } as const]) {
      daemon.now += 1000;
      if (one.what === "ended") {
        await daemon.endRun(name(one.mirror), { state: one.state, ...(one.state === "done" && { records: [] }) });
        states.set(name(one.mirror), one.state);
        continue;
      }
      const other = () => alarmRound(daemon.control, others, MEANS);
      const control: Control = { ...daemon.control, store: disturbed(daemon.store, one.disturbance, other) };
      try {
        await alarmRound(control, observer, MEANS);
      } catch {
        observer = new Observer(daemon.control);
      }
    }
    const told = (await daemon.store.outbox.list(1000)).toReversed();
    for (const mirror of MIRRORS.map(name)) {
      const said = saidOf(told, mirror);
      const alternating = said.map((_, at) => (at % 2 === 0 ? "slipway.sync.failed" : "slipway.sync.recovered"));
      assert.deepEqual(said, alternating, mirror);
      const last = states.get(mirror) === "failed" ? "slipway.sync.failed" : "slipway.sync.recovered";
      if (states.get(mirror) === "failed" || said.length > 0) assert.equal(said.at(-1), last, mirror);
    }
  });
  await fc.assert(property, { seed: 7, numRuns: 20 });
});

function saidOf(messages: readonly OutboxRecord[], mirror: string): readonly string[] {
  return messages
    .map(({ message }) => messageIn(message))
    .filter(({ data: { subjects } }) => Array.isArray(subjects) && subjects.includes(mirror))
    .map(({ type }) => type);
}
