import { Document, isMap, isScalar, Scalar, visit } from "yaml";
import type { Plain } from "./render.ts";

/**
 * Sections whose values are text for a container, whatever they look like. Older Compose refuses switches there.
 * https://docs.docker.com/reference/compose-file/services/#environment
 */
export const TEXT_SECTIONS: readonly unknown[] = ["environment", "labels", "annotations"];

/** Text that needs no quotes in any version of YAML, unless it looks like something else: the library sees to that. */
const BARE = /^(?:[A-Za-z_./-]|\d[\w.:-]*\/)(?:[\w ./:@+-]*[\w./@+-])?$/;

/**
 * A compose file of plain data. Text that YAML 1.1 takes for something else (`yes`, `22:22`, `1e3`) is quoted: readers of
 * both versions are about. Line breaks are escaped, so that a value is one line. The same data is the same text.
 */
export function writeYaml(content: Plain, comment: string): string {
  const document = new Document(content, { version: "1.2", compat: "yaml-1.1", aliasDuplicateObjects: false });
  document.commentBefore = comment;
  visit(document, {
    Pair: (_key, { key, value }) => {
      if (!(isScalar(key) && TEXT_SECTIONS.includes(key.value) && isMap(value))) return;
      for (const entry of value.items) {
        if (isScalar(entry.value) && entry.value.value !== null) entry.value.value = String(entry.value.value);
      }
    },
    Scalar: (_key, scalar) => {
      if (typeof scalar.value === "string" && !BARE.test(scalar.value)) scalar.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document.toString({
    lineWidth: 0,
    nullStr: "",
    blockQuote: false,
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
  });
}
