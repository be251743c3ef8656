import { type Command, defineCommand, defineGroup, type Leaf } from "./command.ts";
import { initOptions } from "./init-options.ts";
import { lintOptions } from "./lint-options.ts";
import { copyOptions, doctorOptions, importOptions, inspectOptions, syncOptions } from "./options.ts";
import {
  buildOptions,
  changedOptions,
  contractOptions,
  downloadOptions,
  pushOptions,
  releaseOptions,
  targetsOptions,
  verifyOptions,
} from "./publish-options.ts";
import { upkeep } from "./upkeep-commands.ts";
import { workflowsOptions, workflowsUpdateOptions } from "./workflows-options.ts";

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

const workflows = defineGroup(
  "workflows",
  "command.workflows",
  [
    defineCommand({
      name: "write",
      summary: "command.workflows.write",
      options: workflowsOptions,
      load: () => import("./commands/workflows-write.ts"),
    }),
    defineCommand({
      name: "update",
      summary: "command.workflows.update",
      positional: ["[ACTION…]"],
      options: workflowsUpdateOptions,
      load: () => import("./commands/workflows-update.ts"),
    }),
  ],
  "write",
);

/** The steps of publishing, each with what it needs before it. */
const publishing = [
  defineCommand({
    name: "download",
    summary: "command.download",
    options: downloadOptions,
    load: () => import("./commands/download.ts"),
  }),
  defineCommand({
    name: "unpack",
    summary: "command.unpack",
    options: downloadOptions,
    load: () => import("./commands/unpack.ts"),
  }),
  defineCommand({
    name: "build",
    summary: "command.build",
    options: buildOptions,
    load: () => import("./commands/build.ts"),
  }),
  defineCommand({
    name: "push",
    summary: "command.push",
    positional: ["[REGISTRY…]"],
    options: pushOptions,
    load: () => import("./commands/push.ts"),
  }),
  defineCommand({
    name: "github-release",
    summary: "command.github-release",
    positional: ["[VERSION]"],
    options: releaseOptions,
    load: () => import("./commands/github-release.ts"),
  }),
  defineCommand({
    name: "release",
    summary: "command.release",
    positional: ["[VERSION]"],
    options: releaseOptions,
    load: () => import("./commands/release.ts"),
  }),
];

const contract = defineCommand({
  name: "contract",
  summary: "command.contract",
  options: contractOptions,
  load: () => import("./commands/contract.ts"),
});

/** `plan COMMAND …` is `COMMAND … --dry-run`. */
const plan = defineGroup("plan", "command.plan", [sync, copy, ...publishing, contract].map(planned));

function planned(leaf: Leaf): Leaf {
  return {
    ...leaf,
    start: (context, positional, values) =>
      leaf.start(context, positional, <V>() => ({ ...values<V & object>(), dryRun: true })),
  };
}

/** Every command, in the order that help shows. */
export const commands: readonly Command[] = [
  defineCommand({
    name: "init",
    summary: "command.init",
    options: initOptions,
    load: () => import("./commands/init.ts"),
  }),
  sync,
  copy,
  defineCommand({
    name: "targets",
    summary: "command.targets",
    options: targetsOptions,
    load: () => import("./commands/targets.ts"),
  }),
  ...publishing,
  defineCommand({
    name: "verify",
    summary: "command.verify",
    positional: ["VERSION"],
    options: verifyOptions,
    load: () => import("./commands/verify.ts"),
  }),
  defineCommand({
    name: "why",
    summary: "command.why",
    positional: ["VERSION"],
    options: verifyOptions,
    load: () => import("./commands/why.ts"),
  }),
  contract,
  workflows,
  plan,
  defineCommand({
    name: "changed",
    summary: "command.changed",
    positional: ["[GLOB…]"],
    options: changedOptions,
    load: () => import("./commands/changed.ts"),
  }),
  defineCommand({
    name: "lint",
    summary: "command.lint",
    positional: ["[FILE…]"],
    options: lintOptions,
    load: () => import("./commands/lint.ts"),
  }),
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
  ...upkeep,
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
