/** The sources as Markdown and JSON, for a docs site that somebody has already. */
export { fillBlocks, type PagePlace } from "./blocks.ts";
export type { MarkdownFacts } from "./facts.ts";
export { GENERATORS, type Generator } from "./generator.ts";
export { languageOfMarks } from "./marks.ts";
export { navigationFor } from "./navigation.ts";
export { newPage } from "./page.ts";
export { sourcesJson } from "./sources-json.ts";
