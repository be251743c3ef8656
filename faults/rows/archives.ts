import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { startRegistry } from "../../src/testing/index.ts";
import { count, MiB, memoryWithin } from "../figures.ts";
import { type Row, verdict } from "../row.ts";
import { REPOSITORY, reference } from "../stage/ends.ts";
import { bombOf, type Entry, tarOf } from "../stage/tar.ts";
import type { Slipway } from "../tools/player.ts";
import type { Run, Setting } from "../tools/workplace.ts";

const LAYOUT = { name: "oci-layout", content: '{"imageLayoutVersion":"1.0.0"}' };
const FLAT_MEMORY = 256 * MiB;
const OUTSIDE = "../../escaped";

/** What leads out of an archive, or can be understood in two ways. */
const ENTRIES: Readonly<Record<string, readonly Entry[]>> = {
  "`..`": [{ name: OUTSIDE, content: "out" }],
  "an absolute path": [{ name: "/escaped", content: "out" }],
  "a symbolic link to an absolute path": [{ name: "index.json", type: "symlink", linkname: "/etc/passwd" }],
  "a symbolic link out of the folder": [{ name: "index.json", type: "symlink", linkname: "../../etc/passwd" }],
  "a hard link out of the folder": [{ name: "index.json", type: "link", linkname: "../../etc/passwd" }],
  "a device": [{ name: "index.json", type: "character-device", devmajor: 1, devminor: 5 }],
  "a name twice": [
    { name: "index.json", content: "{}" },
    { name: "./index.json", content: "{ }" },
  ],
};

/** Archives and folders to import from. */
export const archives: readonly Row[] = [
  {
    id: "S19",
    injected: "archives of 100 KiB that inflate to 2 GiB, as docker-archive and as oci-archive",
    required: "given up at 1 GiB and 200 times the archive; memory stays flat, no file is left",
    players: "slipway",
    play: async (slipway) => {
      const checks: Record<string, boolean> = {};
      const bomb = bombOf(2048 * MiB);
      let peakBytes = 0;
      for (const kind of ["docker-archive", "oci-archive"]) {
        const run = await importOf(slipway, `${kind}:bomb.tar`, { files: { "bomb.tar": bomb } });
        peakBytes = Math.max(peakBytes, run.peakBytes);
        checks[`${kind}: it fails and says ARCHIVE_INVALID`] = run.code !== 0 && /inflates to more/.test(run.output);
        checks[`${kind}: no file is left`] = leftBy(run).length === 0;
      }
      checks["memory stays flat"] = peakBytes < FLAT_MEMORY;
      return verdict("given up", checks, memoryWithin(peakBytes, FLAT_MEMORY));
    },
  },
  {
    id: "S20",
    injected: `tar entries that are ${Object.keys(ENTRIES).join(", ")}; a layout whose index is a link out of it`,
    required: "refused; nothing is read or written outside",
    players: "slipway",
    play: async (slipway) => {
      const checks: Record<string, boolean> = {};
      let written = 0;
      for (const [name, entries] of Object.entries(ENTRIES)) {
        const tar = await tarOf([LAYOUT, ...entries]);
        for (const kind of ["docker-archive", "oci-archive"]) {
          const run = await importOf(slipway, `${kind}:bad.tar`, { files: { "bad.tar": tar } });
          checks[`${kind} with ${name}: it is refused`] = run.code !== 0 && /safe to read/.test(run.output);
          const left = leftBy(run).length;
          written += left;
          checks[`${kind} with ${name}: nothing is written`] = left === 0;
        }
      }
      const files = { "secret.json": '{"manifests":[]}', "layout/oci-layout": LAYOUT.content };
      const prepare = (work: string) => symlink("../secret.json", join(work, "layout/index.json"));
      const run = await importOf(slipway, "oci:layout", { files, prepare });
      checks["a layout's link out of it: it is refused"] = run.code !== 0;
      return verdict("refused", checks, `${count(written, "file")} written`);
    },
  },
];

async function importOf(slipway: Slipway, place: string, setting: Setting): Promise<Run> {
  await using destination = await startRegistry();
  const run = await slipway.run(["copy", place, reference(destination)], setting);
  return destination.tags(REPOSITORY).v1 === undefined ? run : { ...run, code: 0 };
}

/** Files that the run made, but for what was there and Slipway's own state. */
function leftBy({ files }: Run): readonly string[] {
  return files.filter((file) => !/^(work\/(bomb|bad)\.tar|cache\/|home\/)/.test(file));
}
