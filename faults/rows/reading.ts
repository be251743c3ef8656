import { publish } from "../../bench/work/publish.ts";
import { startDockerRegistry, startLink } from "../../src/testing/index.ts";
import { bytesAtMost, count, MiB, secondsAtMost } from "../figures.ts";
import { type Row, verdict } from "../row.ts";
import { Ends, imageOf, REPOSITORY, reference, TAG } from "../stage/ends.ts";

const HALF = { kind: "cut", of: "response", afterBytes: 2 * MiB } as const;

/** A blob on its way from the source. */
export const reading: readonly Row[] = [
  {
    id: "F1",
    injected: "the source cuts a layer at half",
    required: "goes on by Range; at most 1 MiB is read twice",
    players: "all",
    play: async (player) => {
      await using ends = await Ends.open();
      ends.addToLayer({ when: { first: 1 }, effect: HALF });
      const run = await player.copy(ends);
      const checks = { ...ends.copied(run), "at most 1 MiB is read twice": ends.readTwice <= MiB };
      return verdict("went on by Range", checks, `${bytesAtMost(ends.readTwice)} read twice`);
    },
  },
  {
    id: "F2",
    injected: "every connection to the source, Debian's docker-registry, is cut after 1 MiB; the layer has 12",
    required: "only tries without progress count: it arrives",
    players: "all",
    play: async (player) => {
      const image = await imageOf(12 * MiB);
      await using ends = await Ends.open({ image });
      await using origin = await startDockerRegistry();
      await publish(origin.host, { entries: [{ repository: REPOSITORY, tag: TAG, image }] });
      await using link = await startLink({ port: Number(origin.host.split(":")[1]), cutAfterBytes: MiB });
      const run = await player.copy({ from: reference(link), to: ends.to });
      const again = Math.max(0, link.bytesDown - ends.layer.size);
      return verdict("arrived, cut after cut", ends.copied(run), `${bytesAtMost(again)} read twice`);
    },
  },
  {
    id: "F3",
    injected: "a layer is cut, and the Range that asks for the rest is answered with 200 and everything",
    required: "starts again; nothing is spliced",
    players: "all",
    play: async (player) => {
      await using ends = await Ends.open();
      ends.addToLayer({ when: { first: 1 }, effect: HALF });
      ends.addToLayer({ effect: { kind: "ignore-range" } });
      const run = await player.copy(ends);
      return verdict("what was known was passed over", ends.copied(run), ends.wrongUploads);
    },
  },
  {
    id: "F4",
    injected: "a layer is cut, and the rest comes with a Content-Range that is not what was asked for",
    required: "that answer is rejected; nothing is spliced",
    players: "all",
    play: async (player) => {
      await using ends = await Ends.open();
      ends.addToLayer({ when: { first: 1 }, effect: HALF });
      const headers = { "content-range": `bytes 7-${ends.layer.size - 1}/${ends.layer.size}` };
      ends.addToLayer({ when: { nth: [2] }, effect: { kind: "headers", headers } });
      const run = await player.copy(ends);
      const isWell = run.code === 0;
      const checks = isWell ? ends.copied(run) : ends.refused(player, run, /ANSWER_INVALID/);
      const happened = isWell ? "rejected, and read again" : "rejected";
      return verdict(happened, checks, ends.wrongUploads);
    },
  },
  {
    id: "F5",
    injected: "a layer stops in the middle, and the connection stays open",
    required: "given up after at most 30 s, and goes on from there",
    players: "all",
    lasts: 30,
    play: async (player) => {
      await using ends = await Ends.open();
      ends.addToLayer({ when: { first: 1 }, effect: { ...HALF, kind: "stall" } });
      const run = await player.copy(ends);
      const waited = secondsBetweenReads(ends);
      const checks = {
        ...ends.copied(run),
        "it waits at most 30 s": waited <= 31, // and a moment, to connect again
        "at most 1 MiB is read twice": ends.readTwice <= MiB,
      };
      return verdict("gave the connection up and went on", checks, secondsAtMost(Math.floor(waited)));
    },
  },
  {
    id: "F6",
    injected: "a layer comes at one byte a second",
    required: "too slow to wait for: given up after at most 60 s, and goes on from there",
    players: "all",
    lasts: 60,
    play: async (player) => {
      await using ends = await Ends.open();
      ends.addToLayer({ when: { first: 1 }, effect: { kind: "slow", of: "response", bytesPerSecond: 1 } });
      const run = await player.copy(ends);
      const waited = secondsBetweenReads(ends);
      const checks = { ...ends.copied(run), "it waits at most 60 s": waited <= 61 };
      return verdict("gave the connection up and went on", checks, secondsAtMost(Math.floor(waited)));
    },
  },
  {
    id: "F7",
    injected: "one bit of a layer is turned over, each time it is read",
    required: "read once more, then fails; nothing is tagged",
    players: "all",
    play: async (player) => {
      await using ends = await Ends.open();
      ends.addToLayer({ effect: { kind: "flip-bit", of: "response", atByte: MiB } });
      const run = await player.copy(ends);
      const reads = ends.layerReads.length;
      const checks = {
        ...ends.refused(player, run, /CONTENT_MISMATCH/),
        "it is read twice at most": player.kind === "peer" || reads === 2,
      };
      return verdict("failed and named the digest", checks, `${ends.tags}, ${count(reads, "read")}`);
    },
  },
];

/** From the beginning of the first read of the layer to that of the second. */
function secondsBetweenReads({ layerReads: [first, second] }: Ends): number {
  return first === undefined || second === undefined ? Infinity : (second.startedAt - first.startedAt) / 1000;
}
