import { failure } from "../words/error.ts";
import { allowOnly, attributesOf, choiceOf } from "./attributes.ts";
import { parseFields } from "./fields.ts";
import type { Refuse } from "./refuse.ts";
import { GLOBAL_WORDS, parseTemplate, type Template } from "./template.ts";

/** What goes for all tags of an image. https://github.com/docker/metadata-action#flavor-input */
export interface Flavor {
  /** Whether there is a `latest`; "auto" is for versions that are stable, for git tags and matches. */
  readonly latest: "auto" | boolean;
  readonly prefix?: Affix;
  readonly suffix?: Affix;
}

export interface Affix {
  readonly template: Template;
  /** Whether `latest` gets it, too. */
  readonly onLatest: boolean;
}

export const DEFAULT_FLAVOR: Flavor = { latest: "auto" };

const KEYS = ["latest", "prefix", "suffix", "onlatest"];

/**
 * Reads the lines of metadata-action's `flavor`: `latest=false`, `prefix=foo-,onlatest=true`, `suffix=-alpine`.
 * @throws TAG_FLAVOR_INVALID with the reason
 */
export function parseFlavor(lines: readonly string[]): Flavor {
  let flavor = DEFAULT_FLAVOR;
  for (const text of lines) {
    flavor = { ...flavor, ...parseLine(text, (reason) => failure("TAG_FLAVOR_INVALID", { text, reason })) };
  }
  return flavor;
}

function parseLine(text: string, refuse: Refuse): Partial<Flavor> {
  let line: Partial<Flavor> = {};
  let last: "prefix" | "suffix" | undefined;
  for (const field of parseFields(text, refuse)) {
    if (field.key === undefined) throw refuse(`"${field.value}" is not key=value`);
    const attributes = attributesOf([field], "", refuse);
    allowOnly(attributes, KEYS, "in a flavor");
    if (field.key === "latest") {
      const latest = choiceOf(attributes, "latest", ["auto", "true", "false"]);
      line = { ...line, latest: latest === "auto" ? latest : latest === "true" };
    } else if (field.key === "prefix" || field.key === "suffix") {
      last = field.key;
      line = { ...line, [last]: { template: parseTemplate(field.value, GLOBAL_WORDS, refuse), onLatest: false } };
    } else {
      const affix = last === undefined ? undefined : line[last];
      if (last === undefined || affix === undefined) throw refuse("onlatest belongs after a prefix or a suffix");
      line = {
        ...line,
        [last]: { ...affix, onLatest: choiceOf(attributes, "onlatest", ["true", "false"]) === "true" },
      };
    }
  }
  return line;
}
