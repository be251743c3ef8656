/** Programs that make a docs site of Markdown. */
export const GENERATORS = ["docusaurus", "starlight", "vitepress"] as const;
export type Generator = (typeof GENERATORS)[number];
