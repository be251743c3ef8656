import { blobBytes, startLink, startRegistry, type TestRegistry } from "../../src/testing/index.ts";
import { count, MiB, memoryWithin, times } from "../figures.ts";
import { type Row, verdict } from "../row.ts";
import { before, Ends, holds, imageOf, REPOSITORY, reference, TAG } from "../stage/ends.ts";
import { FULL_DISK } from "../stage/full-disk.ts";

const DISK = { storage: "disk" } as const;

/** One source and several destinations. */
export const destinations: readonly Row[] = [
  {
    id: "F24",
    injected: "one of two destinations takes 96 MiB at 12 MiB/s",
    required: "the other has it as early as alone (1.1×); at most 64 MiB of memory more",
    players: "slipway",
    lasts: 10,
    play: async (slipway) => {
      const image = await imageOf(96 * MiB);
      await using ends = await Ends.open({ image, source: DISK, destination: DISK });
      await using alone = await startRegistry(DISK);
      await using slow = await startRegistry(DISK);
      const single = await slipway.copy({ from: ends.from, to: reference(alone) });
      ends.source.requests.clear();
      await using link = await startLink({ port: Number(slow.host.split(":")[1]), bandwidth: 12 * MiB });
      const both = await slipway.run(["copy", ends.from, ends.to, reference(link)]);
      const read = ends.source.requests.bytesOut("GET", "blob");
      const more = both.peakBytes - single.peakBytes;
      const checks = {
        "all end well": single.code === 0 && both.code === 0 && holds(slow, image) && holds(ends.destination, image),
        "the quick one does not wait for the slow one": tagged(ends.destination) < nearEnd(slow),
        "the source is read once": read === blobBytes(image),
        "at most 64 MiB of memory more": more <= 64 * MiB,
      };
      const figure = `source read ${times(read, blobBytes(image))}, ${memoryWithin(more, 64 * MiB)} more`;
      return verdict("the quick one was done long before the slow one", checks, figure);
    },
  },
  {
    id: "F25",
    injected: "one of three destinations is dead",
    required: "the others finish; the source is read once",
    players: "slipway",
    play: async (slipway) => {
      await using ends = await Ends.open();
      await using other = await startRegistry();
      const dead = `127.0.0.1:1/${REPOSITORY}:${TAG}`;
      const run = await slipway.run(["copy", ends.from, ends.to, dead, reference(other)]);
      const read = ends.source.requests.bytesOut("GET", "blob");
      const checks = {
        "exit code 3: done in part": run.code === 3,
        "the others have it": holds(ends.destination, ends.image) && holds(other, ends.image),
        "the source is read once": read === blobBytes(ends.image),
      };
      return verdict("the others finished", checks, `source read ${times(read, blobBytes(ends.image))}`);
    },
  },
  {
    id: "F26",
    injected: "the source's tag moves while it is copied to two destinations",
    required: "all get what the tag was when the run began",
    players: "slipway",
    play: async (slipway) => {
      await using ends = await Ends.open();
      await using other = await startRegistry();
      const moved = await imageOf(4096, "moved");
      let isMoved = false;
      before(ends.source, { method: "GET", kind: "blob" }, () => {
        if (!isMoved) void ends.source.put(REPOSITORY, moved, TAG);
        isMoved = true;
      });
      const run = await slipway.run(["copy", ends.from, ends.to, reference(other)]);
      const checks = {
        "it ends well": run.code === 0,
        "the tag moved": ends.source.tags(REPOSITORY)[TAG] === moved.root.digest,
        "both have what it was": holds(ends.destination, ends.image) && holds(other, ends.image),
      };
      return verdict("both have one digest, the planned one", checks);
    },
  },
  {
    id: "F28",
    injected: "the disk is full after 1 MiB of a layer on its way to two destinations, or fails with EIO",
    required: "fails and says so; nothing is tagged, no temporary file is left",
    players: "slipway",
    play: async (slipway) => {
      await using ends = await Ends.open();
      await using other = await startRegistry();
      const checks: Record<string, boolean> = {};
      for (const [code, words] of [
        ["ENOSPC", /STORAGE_FULL/],
        ["EIO", /STORAGE_FAILED/],
      ] as const) {
        const files = { "full-disk.mjs": FULL_DISK };
        const env = { NODE_OPTIONS: "--import=./full-disk.mjs", DISK_BYTES: String(MiB), DISK_ERROR: code };
        const run = await slipway.run(["copy", ends.from, ends.to, reference(other)], { files, env });
        checks[`${code}: it fails and says ${words.source}`] = run.code === 1 && words.test(run.output);
        checks[`${code}: nothing is left in the temporary folder`] = !run.files.some((file) => file.startsWith("tmp/"));
      }
      const tags = [ends.destination, other].flatMap((registry) => Object.keys(registry.tags(REPOSITORY)));
      checks["nothing is tagged"] = tags.length === 0;
      return verdict("failed and named the disk", checks, count(tags.length, "tag"));
    },
  },
  {
    id: "F40",
    injected: "one of two destinations has no room: 403 DENIED that speaks of a quota, 413, 507",
    required: "named as that, with a hint; the other goes on",
    players: "slipway",
    play: async (slipway) => {
      const checks: Record<string, boolean> = {};
      const body = '{"errors":[{"code":"DENIED","message":"storage quota exceeded: used 10 GiB of 10 GiB"}]}';
      for (const status of [403, 413, 507]) {
        await using ends = await Ends.open();
        await using full = await startRegistry();
        const where = ({ method }: { readonly method: string }) => method === "PUT" || method === "PATCH";
        full.faults.add({ where, effect: { kind: "status", status, body } });
        const run = await slipway.run(["copy", ends.from, reference(full), ends.to]);
        checks[`${status}: the other has it`] = run.code === 3 && holds(ends.destination, ends.image);
        checks[`${status}: it says QUOTA_EXCEEDED`] = /QUOTA_EXCEEDED/.test(run.output) && /quota/.test(run.output);
      }
      return verdict("named as a quota; the other finished", checks);
    },
  },
];

/** Milliseconds since 1970 when the tag was there. */
function tagged(registry: TestRegistry): number {
  return registry.requests.of("PUT", "manifest").at(-1)?.endedAt ?? Infinity;
}

/** Milliseconds since 1970 when nine tenths of the slow time were over: who waits for the slow one ends with it. */
function nearEnd(registry: TestRegistry): number {
  const start = registry.requests.of("POST")[0]?.startedAt ?? 0;
  return start + (tagged(registry) - start) * 0.9;
}
