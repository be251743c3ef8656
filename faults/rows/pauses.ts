import { randomImage } from "../../src/testing/index.ts";
import { count, secondsAtMost } from "../figures.ts";
import { type Checks, named, type Row, together, verdict } from "../row.ts";
import { startDecoy } from "../stage/decoy.ts";
import { Ends, reference } from "../stage/ends.ts";

/** A host that asks for patience, or is not there. */
export const pauses: readonly Row[] = [
  {
    id: "F8",
    injected: "the source answers 429 with `Retry-After: 2` to the first read of a blob",
    required: "nothing is asked of that host for 2 s",
    players: "all",
    play: async (player) => {
      const layers = Array.from({ length: 12 }, (_, at) => ({ seed: `paused ${at}`, bytes: 4096 }));
      await using ends = await Ends.open({ image: await randomImage({ seed: "paused", layers }) });
      const effect = { kind: "status", status: 429, headers: { "retry-after": "2" } } as const;
      ends.source.faults.add({ method: "GET", kind: "blob", when: { first: 1 }, effect });
      const run = await player.copy(ends);
      const said = [...ends.source.requests].find(({ status }) => status === 429)?.endedAt ?? 0;
      // what was on its way when the host said so is not early
      const early = [...ends.source.requests].filter(
        ({ startedAt }) => startedAt > said + 500 && startedAt < said + 1950,
      );
      const checks = { ...ends.copied(run), "nothing is asked too early": early.length === 0 };
      return verdict("the whole host paused", checks, count(early.length, "early call"));
    },
  },
  {
    id: "F9",
    injected: "`Retry-After` is 0, then a date, then a day",
    required: "obeyed, but for no more than 60 s",
    players: "all",
    lasts: 62,
    play: async (player) => {
      await using ends = await Ends.open();
      const soon = new Date(Date.now() + 3000).toUTCString();
      for (const [at, text] of ["0", soon, "86400"].entries()) {
        const effect = { kind: "status", status: 429, headers: { "retry-after": text } } as const;
        ends.source.faults.add({ kind: "manifest", when: { nth: [at + 1] }, effect });
      }
      const run = await player.copy(ends);
      const starts = [...ends.source.requests].map(({ startedAt }) => startedAt);
      const gaps = starts.slice(1).map((start, at) => (start - (starts[at] ?? start)) / 1000);
      const longest = Math.max(0, ...gaps);
      const checks = { ...ends.copied(run), "it waits at most 60 s": longest <= 61 };
      return verdict("a day became a minute", checks, secondsAtMost(Math.floor(longest)));
    },
  },
  {
    id: "F10",
    injected: "one request in five is answered with 503, at both ends",
    required: "tried again, each after a wait of its own",
    players: "all",
    play: async (player) => {
      await using ends = await Ends.open();
      for (const [seed, end] of [ends.source, ends.destination].entries())
        end.faults.add({ when: { probability: 0.2, seed }, effect: { kind: "status", status: 503 } });
      return verdict("tried again until it was done", ends.copied(await player.copy(ends)));
    },
  },
  {
    id: "F11",
    injected: "the source refuses connections, or its name does not resolve; an alternate is named, or none",
    required: "at most 5 tries with growing waits, then the next source",
    players: "slipway",
    play: async (slipway) => {
      const gone = await startDecoy({ address: "127.0.0.1" });
      await gone[Symbol.asyncDispose]();
      let checks: Checks = {};
      let tries = 0;
      for (const host of [gone.host, "nowhere.invalid"]) {
        await using ends = await Ends.open();
        const copy = { from: reference({ host }), to: ends.to };
        const alone = await slipway.copy(copy, { files: config(host, {}) });
        tries = Math.max(tries, 1 + (alone.output.match(/attempt \d+ failed/g)?.length ?? 0));
        const failed = ends.refused(slipway, alone, /HOST_(UNKNOWN|UNREACHABLE)/);
        const helped = await slipway.copy(copy, { files: config(host, { alternates: [ends.source.host] }) });
        checks = together(checks, named(`${host}, no alternate`, failed), named(host, ends.copied(helped)));
      }
      return verdict(
        "the alternate was read",
        { ...checks, "at most 5 tries": tries <= 5 },
        tries === 1 ? "1 try" : `${tries} tries`,
      );
    },
  },
];

function config(host: string, options: object): Readonly<Record<string, string>> {
  return { "slipway.yaml": JSON.stringify({ version: 1, hosts: { [host]: { tls: false, ...options } } }) };
}
