import type { Document } from "yaml";
import type { Plain } from "./render.ts";
import { TEXT_SECTIONS } from "./write-yaml.ts";

/** Aliases that stand for more parts than that are no compose file, but an attack on whoever reads it. */
const MAX_ALIASES = 1000;

/**
 * What a compose file says; `environment` and `labels` as mappings, whichever way they are written.
 * @throws ReferenceError for an alias bomb or an alias of nothing
 */
export function plainDocument(document: Document): Plain {
  const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
  return plainOf(value);
}

function plainOf(value: unknown): Plain {
  if (Array.isArray(value)) return value.map(plainOf);
  if (typeof value !== "object" || value === null) return value === null ? null : String(value);
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      const isSection = TEXT_SECTIONS.includes(key) && Array.isArray(part);
      return [key, plainOf(isSection ? mappingOf(part) : part)];
    }),
  );
}

/** `NAME=VALUE` as an entry; a name alone takes the value that the shell has. */
function mappingOf(items: readonly unknown[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    items.map((item) => {
      const [name = "", ...value] = String(item).split("=");
      return [name, value.length === 0 ? null : value.join("=")];
    }),
  );
}
