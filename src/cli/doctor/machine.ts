import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { satisfies } from "semver";
import manifest from "../../../package.json" with { type: "json" };
import { existingFolder, roomIn } from "../../target/room.ts";
import { failure } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import { formatBytes } from "../output/units.ts";
import { type Finding, failed, fine } from "./finding.ts";

/** Layers of several gigabytes are common; less than this fills up in the middle of a run. */
const ROOM_BYTES = 5_000_000_000;

export function checkNode(version: string, words: Words): Finding {
  const needed = manifest.engines.node;
  if (satisfies(version, needed)) return fine("node", version);
  const text = words.text("doctor.node.old", { version, needed });
  return { check: "node", level: "failed", text, hint: words.text("doctor.node.hint", { needed }) };
}

/** Whether the cache folder, or what it will be made in, can be written to and has room. */
export function checkCache(folder: string, words: Words): Promise<Finding> {
  return checkRoom("cache", folder, words);
}

/** The same for the folder in which a project's downloads and builds are kept. */
export function checkProject(folder: string, words: Words): Promise<Finding> {
  return checkRoom("room", folder, words);
}

async function checkRoom(check: "cache" | "room", folder: string, words: Words): Promise<Finding> {
  try {
    await access(await existingFolder(folder), constants.W_OK);
    const free = await roomIn(folder);
    const text = words.text("doctor.cache.free", { free: formatBytes(free), folder });
    if (free >= ROOM_BYTES) return fine(check, text);
    return { check, level: "failed", text, hint: words.text(`doctor.${check}.hint`) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return failed(check, failure("FILE_UNWRITABLE", { file: folder, reason }, { cause }), words);
  }
}
