import { type Command, defineCommand, defineGroup } from "./command.ts";
import { composeOptions } from "./compose-options.ts";
import { notifyTestOptions } from "./options.ts";
import { serveOptions } from "./serve-options.ts";
import { site } from "./site-commands.ts";

/** What goes on without anybody; and groups of commands that touch no image: who is told, what is kept, what is configured. */
export const upkeep: readonly Command[] = [
  defineCommand({
    name: "serve",
    summary: "command.serve",
    options: serveOptions,
    load: () => import("./commands/serve.ts"),
  }),
  defineCommand({
    name: "worker",
    summary: "command.worker",
    options: {},
    load: () => import("./commands/worker.ts"),
  }),
  defineCommand({
    name: "compose",
    summary: "command.compose",
    options: composeOptions,
    load: () => import("./commands/compose.ts"),
  }),
  site,
  defineGroup("notify", "command.notify", [
    defineCommand({
      name: "test",
      summary: "command.notify.test",
      positional: ["[NAME…]"],
      options: notifyTestOptions,
      load: () => import("./commands/notify-test.ts"),
    }),
  ]),
  defineGroup("cache", "command.cache", [
    defineCommand({
      name: "info",
      summary: "command.cache.info",
      options: {},
      load: () => import("./commands/cache-info.ts"),
    }),
    defineCommand({
      name: "prune",
      summary: "command.cache.prune",
      options: {},
      load: () => import("./commands/cache-prune.ts"),
    }),
  ]),
  defineGroup("config", "command.config", [
    defineCommand({
      name: "check",
      summary: "command.config.check",
      options: {},
      load: () => import("./commands/config-check.ts"),
    }),
    defineCommand({
      name: "schema",
      summary: "command.config.schema",
      options: {},
      load: () => import("./commands/config-schema.ts"),
    }),
    defineCommand({
      name: "show",
      summary: "command.config.show",
      options: {},
      load: () => import("./commands/config-show.ts"),
    }),
  ]),
];
