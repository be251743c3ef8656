import { failure } from "../words/error.ts";
import { dateText } from "./date-text.ts";
import type { Ref, Surroundings } from "./surroundings.ts";
import { GLOBAL_WORDS, parseTemplate, type Template } from "./template.ts";

const SHORT_REVISION = 7;

/** What the words of version patterns stand for. */
export type VersionWords = Readonly<Record<string, string>>;

/**
 * A template with its expressions filled in. A fact that is not known gives nothing; an unknown commit date is now.
 * Unlike Handlebars, nothing is escaped for HTML.
 */
export function fillTemplate(template: Template, surroundings: Surroundings, versionWords: VersionWords = {}): string {
  const dates = { date: surroundings.now, commit_date: surroundings.commitDate ?? surroundings.now };
  const words: Readonly<Record<string, string>> = { ...globalWords(surroundings), ...versionWords };
  return template.parts
    .map((part) => {
      if (part.kind === "text") return part.text;
      if (part.kind === "word") return words[part.name] ?? "";
      return dateText(dates[part.of], part.format, part.timeZone);
    })
    .join("");
}

/**
 * Reads text that may name what every template may, and `{{version}}`: labels, file names.
 * @throws TEMPLATE_INVALID
 */
export function parseText(text: string): Template {
  return parseTemplate(text, [...GLOBAL_WORDS, "version"], (reason) => failure("TEMPLATE_INVALID", { text, reason }));
}

/** {@link parseText} and {@link fillTemplate} at once. @throws TEMPLATE_INVALID */
export function fillText(text: string, surroundings: Surroundings, version: string | undefined): string {
  return fillTemplate(parseText(text), surroundings, { version: version ?? "" });
}

function globalWords(surroundings: Surroundings): Record<(typeof GLOBAL_WORDS)[number], string> {
  const { ref, baseRef = "" } = surroundings;
  const isDefault = isDefaultBranch(surroundings);
  return {
    branch: ref?.kind === "branch" ? ref.name : "",
    tag: ref?.kind === "tag" ? ref.name : "",
    sha: shortRevision(surroundings.revision ?? ""),
    base_ref: ref?.kind === "tag" || ref?.kind === "pull" ? baseRef.replace(/^refs\/heads\//, "") : "",
    is_default_branch: String(isDefault),
    is_not_default_branch: String(!isDefault),
  };
}

export function shortRevision(revision: string): string {
  return revision.slice(0, SHORT_REVISION);
}

/** Schedules run on the default branch only. */
function isDefaultBranch({ ref, event, defaultBranch }: Surroundings): boolean {
  return ref !== undefined && (event === "schedule" || isBranch(ref, defaultBranch));
}

export function isBranch(ref: Ref | undefined, name: string | undefined): boolean {
  return ref?.kind === "branch" && ref.name === name;
}
