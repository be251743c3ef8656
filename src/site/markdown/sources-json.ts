import { freshnessOf } from "../sources/freshness.ts";
import type { MarkdownFacts } from "./facts.ts";

/** The sources, and what was measured of them, for whoever makes pages of a kind of their own. */
export function sourcesJson({ data, status }: MarkdownFacts): string {
  const { version, name, title, tags, sources } = data;
  const told = sources.map((source) => ({
    ...source,
    ...(status !== undefined && { freshness: freshnessOf(source, status) }),
  }));
  const measured = status === undefined ? {} : { measured: status.generated };
  return `${JSON.stringify({ version, name, title, tags, ...measured, sources: told }, undefined, 2)}\n`;
}
