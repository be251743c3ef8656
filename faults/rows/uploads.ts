import type { RecordedRequest } from "../../src/testing/index.ts";
import { randomImage } from "../../src/testing/index.ts";
import { bytesAtMost, MiB } from "../figures.ts";
import { type Row, verdict } from "../row.ts";
import { before, Ends, REPOSITORY, TAG } from "../stage/ends.ts";

/** Requests that bring bytes of the layer, however a tool splits it; small blobs are not of interest here. */
const bringsBytes = ({ method, headers }: RecordedRequest) =>
  (method === "PATCH" || method === "PUT") &&
  (headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > MiB / 2);

const CUT_AT_HALF = { kind: "cut", of: "request", afterBytes: 2 * MiB } as const;
const status = (code: number) => ({ kind: "status", status: code }) as const;

function sentTwice({ destination, image }: Ends): number {
  const size = image.blobs.reduce((sum, { descriptor }) => sum + descriptor.size, 0);
  return Math.max(0, destination.requests.bytesIn(undefined, "upload") - size);
}

/** A blob on its way to the destination. */
export const uploads: readonly Row[] = [
  {
    id: "F12",
    injected: "the destination closes each connection under the first PUT that uses it again; 1,000 blobs",
    required: "one more try on a fresh connection: no failure",
    players: "all",
    play: async (player) => {
      const layers = Array.from({ length: 999 }, (_, at) => ({ seed: `idle ${at}`, bytes: 512 }));
      await using ends = await Ends.open({ image: await randomImage({ seed: "idle", layers }) });
      const used = new Set<number>();
      const struck = new Set<number>();
      const where = ({ method, connection }: RecordedRequest) => {
        const strikes = method === "PUT" && used.has(connection) && !struck.has(connection);
        used.add(connection);
        if (strikes) struck.add(connection);
        return strikes;
      };
      const fault = ends.destination.faults.add({ where, effect: { kind: "cut", of: "request", afterBytes: 0 } });
      const run = await player.copy(ends);
      const checks = { ...ends.copied(run), "connections were closed": player.kind === "peer" || fault.hits > 0 };
      return verdict(
        "sent again on a fresh connection",
        checks,
        `${1000 - ends.destination.blobs(REPOSITORY).size} of 1,000 missing`,
      );
    },
  },
  {
    id: "F13",
    injected: "the upload of a layer is cut at half",
    required: "asks how far it came and goes on there; at most one chunk is sent again, the source read once",
    players: "all",
    play: async (player) => {
      await using ends = await Ends.open();
      ends.destination.faults.add({ kind: "upload", where: bringsBytes, when: { first: 1 }, effect: CUT_AT_HALF });
      const run = await player.copy(ends);
      const again = sentTwice(ends);
      const checks = {
        ...ends.copied(run),
        "it asks for the offset": ends.destination.requests.count("GET", "upload") > 0,
        "at most 1 MiB is sent twice": again <= MiB,
      };
      return verdict("asked for the offset and went on", checks, `${bytesAtMost(again)} sent twice`);
    },
  },
  {
    id: "F14",
    injected: "the destination answers 500 to the upload of a layer",
    required: "tried again",
    players: "all",
    play: async (player) => {
      await using ends = await Ends.open();
      ends.destination.faults.add({ kind: "upload", where: bringsBytes, when: { first: 1 }, effect: status(500) });
      return verdict("tried again", ends.copied(await player.copy(ends)));
    },
  },
  {
    id: "F15",
    injected:
      "the upload of a layer is cut at half; what comes then is answered with 416, and then with 404: no such session",
    required: "asks again or starts again, and completes",
    players: "all",
    play: async (player) => {
      await using ends = await Ends.open();
      for (const [at, effect] of [CUT_AT_HALF, status(416), status(404)].entries()) {
        ends.destination.faults.add({ kind: "upload", where: bringsBytes, when: { nth: [at + 1] }, effect });
      }
      return verdict("started again", ends.copied(await player.copy(ends)));
    },
  },
  {
    id: "F16",
    injected: "a layer arrives, and the answer that says so is lost",
    required: "HEAD finds it there; it is not sent again",
    players: "all",
    play: async (player) => {
      await using ends = await Ends.open();
      const { digest } = ends.layer;
      const path = new RegExp(encodeURIComponent(digest).replace("%3A", "(:|%3A)"));
      const effect = { kind: "lose-answer" } as const;
      ends.destination.faults.add({ method: "PUT", kind: "upload", path, when: { first: 1 }, effect });
      const run = await player.copy(ends);
      const again = sentTwice(ends);
      const checks = { ...ends.copied(run), "nothing is sent twice": again === 0 };
      return verdict("found there, accepted", checks, `${bytesAtMost(again)} sent twice`);
    },
  },
  {
    id: "F21",
    injected: "a mount from another repository of the same registry is answered with 202: send it yourself",
    required: "sent in the upload that this answer has opened",
    players: "all",
    play: async (player) => {
      await using ends = await Ends.open();
      const { source, image } = ends;
      source.faults.add({ kind: "mount", effect: { kind: "refuse-mount" } });
      const run = await player.copy({ from: ends.from, to: `${source.host}/team/other:${TAG}` });
      const checks = {
        "it ends well": run.code === 0,
        "the tag has the source's digest": source.tags("team/other")[TAG] === image.root.digest,
        "each blob opens one upload": source.requests.count("POST") === image.blobs.length,
      };
      return verdict("used the upload that was opened", checks);
    },
  },
  {
    id: "F22",
    injected: "the destination deletes a blob just before the manifest that needs it arrives",
    required: "sent again, and completes",
    players: "all",
    play: async (player) => {
      await using ends = await Ends.open();
      let collected = false;
      before(ends.destination, { method: "PUT", kind: "manifest" }, () => {
        if (!collected) ends.destination.collect(REPOSITORY, ends.layer.digest);
        collected = true;
      });
      const run = await player.copy(ends);
      return verdict("sent again", { ...ends.copied(run), "a blob was deleted": collected });
    },
  },
];
