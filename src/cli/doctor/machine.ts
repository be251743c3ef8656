import { constants } from "node:fs";
import { access, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { satisfies } from "semver";
import manifest from "../../../package.json" with { type: "json" };
import { failure } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import { formatBytes } from "../output/units.ts";
import { type Finding, failed } from "./finding.ts";

/** Layers of several gigabytes are common; less than this fills up in the middle of a run. */
const ROOM_BYTES = 5_000_000_000;

export function checkNode(version: string, words: Words): Finding {
  const needed = manifest.engines.node;
  if (satisfies(version, needed)) return { check: "node", ok: true, text: version };
  const text = words.text("doctor.node.old", { version, needed });
  return { check: "node", ok: false, text, hint: words.text("doctor.node.hint", { needed }) };
}

/** Whether the cache folder, or what it will be made in, can be written to and has room. */
export async function checkCache(folder: string, words: Words): Promise<Finding> {
  const there = await nearestFolder(folder);
  try {
    await access(there, constants.W_OK);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return failed("cache", failure("FILE_UNWRITABLE", { file: folder, reason }, { cause }), words);
  }
  const { bavail, bsize } = await statfs(there);
  const free = bavail * bsize;
  const text = words.text("doctor.cache.free", { free: formatBytes(free), folder });
  if (free >= ROOM_BYTES) return { check: "cache", ok: true, text };
  return { check: "cache", ok: false, text, hint: words.text("doctor.cache.hint") };
}

async function nearestFolder(folder: string): Promise<string> {
  try {
    await access(folder);
    return folder;
  } catch {
    return nearestFolder(dirname(folder));
  }
}
