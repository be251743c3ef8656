import { isVersionSlot, VERSION_SLOTS, type VersionSlot } from "../config/version-slots.ts";
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
    if (!isVersionSlot(slot)) throw failure("TEMPLATE_SLOT_UNKNOWN", { where, slot, known: VERSION_SLOTS.join(", ") });
    if (version === undefined) throw failure("VERSION_NEEDED", { where: `${where} (${text})` });
    return slot === "version" ? version : String(readVersion(version)?.[slot] ?? "");
  });
}

/**
 * The version that a git tag names by a template such as `v{{version}}` or `v{{major}}.{{minor}}.{{patch}}`; undefined
 * where it does not fit.
 */
export function versionInTag(tag: string, template: string): string | undefined {
  const slots = [...template.matchAll(SLOT)].map(([, slot = ""]) => slot);
  const pattern = template
    .split(/\{\{\s*\w+\s*\}\}/)
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"))
    .join("(.+)");
  const found = new RegExp(`^${pattern}$`, "s").exec(tag)?.slice(1);
  if (found === undefined) return undefined;
  const part = (name: VersionSlot) => found[slots.indexOf(name)];
  const version = readVersion(part("version") ?? [part("major"), part("minor"), part("patch")].join("."));
  if (version === undefined) return undefined;
  const { canonical, major, minor, patch } = version;
  const parts = new Map(Object.entries({ major, minor, patch }).map(([slot, number]) => [slot, String(number)]));
  const isSame = slots.every((slot, at) => slot === "version" || parts.get(slot) === found[at]);
  return isSame ? canonical : undefined;
}
