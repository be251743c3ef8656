export const workflowsErrors = {
  WORKFLOWS_SLIPWAY_MISSING: {
    message: "{file} 没有说明工作流使用哪一份 Slipway",
    hint: "请先查看 Slipway 仓库的某个提交，再添加 `workflows:`，其中写 `slipway: OWNER/slipway@COMMIT v1.2.3`，提交须写全",
  },
  WORKFLOWS_NONE: {
    message: "根据 {file} 没有需要写出的工作流",
    hint: "发布需要仓库以及 `release` 或版本标签；同步需要 `mirrors`；`workflows.write` 可指明要哪些",
  },
  WORKFLOW_LACKS: {
    message: "无法写出 {workflow}：{file} 缺少 {lacking}",
    hint: "请补上，或从 `workflows.write` 中去掉该工作流",
  },
  WORKFLOW_VARIABLE_UNFIT: {
    message: "`workflows.{key}` 列出了 {name}：{reason}",
    hint: "请列出配置中用到的变量：`secrets` 放不可公开的，`vars` 放可公开的用户名",
  },
  WORKFLOW_FOREIGN: {
    message: "{file} 已存在，但不是 Slipway 写的",
    hint: "请把需要的内容移到新文件的保留块中，再用 `--force` 替换；或从 `workflows.write` 中去掉该工作流",
  },
  WORKFLOWS_OUTDATED: {
    message: "{folder} 中的 {files} 与配置不一致",
    hint: "请运行 `slipway workflows` 并提交它写出的文件",
  },
  WORKFLOW_KEEP_BROKEN: {
    message: "{file} 第 {line} 行：{reason}",
    hint: "保留块以 `# slipway:keep NAME` 开始，以 `# /slipway:keep` 结束，各占一行，名称不得重复",
  },
  WORKFLOW_KEEP_HOMELESS: {
    message: "{file}：保留块 {name} 位于 {place}，而新的工作流中没有该位置",
    hint: "请把该块移到其他步骤或键处，或将其删除；未写入任何内容",
  },
  WORKFLOW_KEEP_UNFIT: {
    message: "{file}：加入保留块 {names} 后，新的工作流不再是有效的 YAML：{reason}",
    hint: "请找出保留块与 Slipway 重复写出的内容，并从块中去掉；未写入任何内容",
  },
  ACTION_VERSIONS_INVALID: {
    message: "{file} 中不是 action 的版本：{reason}",
    hint: "请在每个 OWNER/NAME 下写 `version`（v1.2.3）与 `commit`（40 位十六进制）",
  },
  ACTION_UNKNOWN: { message: "Slipway 的工作流都不使用 {action}", hint: "已知的有 {known}" },
  ACTION_RELEASE_MISSING: {
    message: "{action} 没有带版本号与标签的发布",
    hint: "请保留现有版本；只使用其维护者正式发布的版本",
  },
  ACTION_TAG_MOVED: {
    message: "{action} {version} 现在是 {is}，以前是 {was}：它的标签被移动了",
    hint: "未作任何改动；再次使用之前，请到该 action 的仓库查明原因",
  },
  LINT_WITHOUT_FILES: {
    message: "{folder} 中既没有工作流也没有 action",
    hint: "工作流位于 `.github/workflows`；也可以指定文件：`slipway lint FILE…`",
  },
} as const;
