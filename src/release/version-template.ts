import { readVersion } from "../metadata/index.ts";
import { failure } from "../words/error.ts";

const SLOT = /\{\{\s*(\w+)\s*\}\}/g;

/**
 * Puts the version into a text of the configuration: `{{version}}`, `{{major}}`, `{{minor}}`, `{{patch}}`.
 * @param where the key that the text is of, for errors
 * @throws VERSION_NEEDED where a version is asked for and there is none; TEMPLATE_SLOT_UNKNOWN
 */
export function fillVersion(text: string, version: string | undefined, where: string): string {
  return text.replace(SLOT, (_, slot: string) => {
    if (!isSlot(slot)) throw failure("TEMPLATE_SLOT_UNKNOWN", { where, slot, known: SLOTS.join(", ") });
    if (version === undefined) throw failure("VERSION_NEEDED", { where: `${where} (${text})` });
    return slot === "version" ? version : String(readVersion(version)?.[slot] ?? "");
  });
}

const SLOTS = ["version", "major", "minor", "patch"] as const;

function isSlot(name: string): name is (typeof SLOTS)[number] {
  return SLOTS.some((slot) => slot === name);
}

/** The version that a git tag names by a template such as `v{{version}}`; undefined where it does not fit. */
export function versionInTag(tag: string, template: string): string | undefined {
  const [before = "", after] = template.split(/\{\{\s*version\s*\}\}/);
  if (after === undefined || tag.length <= before.length + after.length) return undefined;
  if (!tag.startsWith(before) || !tag.endsWith(after)) return undefined;
  const version = tag.slice(before.length, tag.length - after.length);
  return readVersion(version)?.canonical;
}
