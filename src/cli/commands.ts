import { type Command, defineCommand, defineGroup } from "./command.ts";
import { copyOptions, doctorOptions, importOptions, inspectOptions, syncOptions } from "./options.ts";

const sync = defineCommand({
  name: "sync",
  summary: "command.sync",
  options: syncOptions,
  load: () => import("./commands/sync.ts"),
});

const copy = defineCommand({
  name: "copy",
  summary: "command.copy",
  positional: ["SOURCE", "DESTINATION…"],
  options: copyOptions,
  load: () => import("./commands/copy.ts"),
});

/** `plan COMMAND …` is `COMMAND … --dry-run`. */
const plan = defineGroup("plan", "command.plan", [
  defineCommand({
    name: "sync",
    summary: "command.plan.sync",
    options: syncOptions,
    load: async () => {
      const { run } = await import("./commands/sync.ts");
      return { run: (context, input) => run(context, { ...input, options: { ...input.options, dryRun: true } }) };
    },
  }),
  defineCommand({
    name: "copy",
    summary: "command.plan.copy",
    positional: copy.positional,
    options: copyOptions,
    load: async () => {
      const { run } = await import("./commands/copy.ts");
      return { run: (context, input) => run(context, { ...input, options: { ...input.options, dryRun: true } }) };
    },
  }),
]);

/** Every command, in the order that help shows. */
export const commands: readonly Command[] = [
  sync,
  copy,
  plan,
  defineCommand({
    name: "tags",
    summary: "command.tags",
    positional: ["REFERENCE"],
    options: {},
    load: () => import("./commands/tags.ts"),
  }),
  defineCommand({
    name: "inspect",
    summary: "command.inspect",
    positional: ["REFERENCE"],
    options: inspectOptions,
    load: () => import("./commands/inspect.ts"),
  }),
  defineCommand({
    name: "digest",
    summary: "command.digest",
    positional: ["REFERENCE"],
    options: {},
    load: () => import("./commands/digest.ts"),
  }),
  defineCommand({
    name: "doctor",
    summary: "command.doctor",
    options: doctorOptions,
    load: () => import("./commands/doctor.ts"),
  }),
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
  defineCommand({
    name: "import",
    summary: "command.import",
    positional: ["FILE…"],
    options: importOptions,
    load: () => import("./commands/import.ts"),
  }),
  defineCommand({
    name: "completion",
    summary: "command.completion",
    positional: ["SHELL"],
    options: {},
    load: async () => {
      const { completionOf } = await import("./commands/completion.ts");
      return { run: completionOf(commands) };
    },
  }),
];
