import { defineCommand, defineGroup } from "./command.ts";
import { siteBuildOptions, siteMarkdownOptions, sitePreviewOptions } from "./site-options.ts";

/** What tells deployers where to pull from. */
export const site = defineGroup("site", "command.site", [
  defineCommand({
    name: "build",
    summary: "command.site.build",
    options: siteBuildOptions,
    load: () => import("./commands/site-build.ts"),
  }),
  defineCommand({
    name: "preview",
    summary: "command.site.preview",
    options: sitePreviewOptions,
    load: () => import("./commands/site-preview.ts"),
  }),
  defineCommand({
    name: "markdown",
    summary: "command.site.markdown",
    positional: ["[FILE…]"],
    options: siteMarkdownOptions,
    load: () => import("./commands/site-markdown.ts"),
  }),
]);
