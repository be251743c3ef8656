export const workflowsErrors = {
  WORKFLOWS_SLIPWAY_MISSING: {
    message: "{file} does not say which Slipway workflows are to use",
    hint: "look at a commit of Slipway's repository, and add `workflows:` with `slipway: OWNER/slipway@COMMIT v1.2.3`, the commit in full",
  },
  WORKFLOWS_NONE: {
    message: "{file} gives no reason for a workflow",
    hint: "a release needs registries and `release` or tags of versions; a sync needs `mirrors`; `workflows.write` names what is wanted",
  },
  WORKFLOW_LACKS: {
    message: "{workflow} cannot be written: {file} lacks {lacking}",
    hint: "add it, or take the workflow out of `workflows.write`",
  },
  WORKFLOW_VARIABLE_UNFIT: {
    message: "`workflows.{key}` lists {name}: {reason}",
    hint: "list variables that the configuration names: as `secrets` what nobody may see, as `vars` user names that everybody may",
  },
  WORKFLOW_FOREIGN: {
    message: "{file} is there already, and Slipway has not written it",
    hint: "move what you need of it into blocks of the new file, and let `--force` replace it; or leave this workflow out of `workflows.write`",
  },
  WORKFLOWS_OUTDATED: {
    message: "{files} in {folder} do not say what the configuration does",
    hint: "run `slipway workflows` and commit what it writes",
  },
  WORKFLOW_KEEP_BROKEN: {
    message: "{file}, line {line}: {reason}",
    hint: "a block begins with `# slipway:keep NAME` and ends with `# /slipway:keep`, each on a line of its own, and each name comes once",
  },
  WORKFLOW_KEEP_HOMELESS: {
    message: "{file}: the block {name} stands at {place}, which the new workflow does not have",
    hint: "move the block to another step or key, or take it out; nothing was written",
  },
  WORKFLOW_KEEP_UNFIT: {
    message: "{file}: with the blocks {names} the new workflow is no YAML any more: {reason}",
    hint: "see what the blocks and Slipway both write, and take it out of the block; nothing was written",
  },
  ACTION_VERSIONS_INVALID: {
    message: "{file} holds no versions of actions: {reason}",
    hint: "write `version` (v1.2.3) and `commit` (40 hex digits) under each OWNER/NAME",
  },
  ACTION_UNKNOWN: { message: "no workflow of Slipway's uses {action}", hint: "known are {known}" },
  ACTION_RELEASE_MISSING: {
    message: "{action} has no release with a version and a tag",
    hint: "leave it at the version that it has; only what its maintainers have released is used",
  },
  ACTION_TAG_MOVED: {
    message: "{action} {version} is {is} now, and was {was}: its tag has been moved",
    hint: "nothing was changed; find out why at the action's repository before you use it again",
  },
  LINT_WITHOUT_FILES: {
    message: "there is no workflow and no action in {folder}",
    hint: "workflows are in `.github/workflows`; or name files: `slipway lint FILE…`",
  },
} as const;
