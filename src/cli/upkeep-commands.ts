import { type Command, defineCommand, defineGroup } from "./command.ts";
import { notifyTestOptions } from "./options.ts";

/** Groups of commands that touch no image: who is told, what is kept, what is configured. */
export const upkeep: readonly Command[] = [
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
