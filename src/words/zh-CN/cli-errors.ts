export const cliErrors = {
  COMMAND_UNKNOWN: { message: "没有 {command} 这个命令", hint: "`slipway help` 可列出所有命令；用法：{usage}" },
  COMMAND_MISSPELT: {
    message: "没有 {command} 这个命令",
    hint: "您是想用 {nearest} 吗？`slipway help` 可列出所有命令",
  },
  OPTION_UNKNOWN: { message: "这里没有 {option} 这个选项", hint: "用法：{usage}；--help 可列出所有选项" },
  OPTION_MISSPELT: { message: "这里没有 {option} 这个选项", hint: "您是想用 {nearest} 吗？用法：{usage}" },
  OPTION_VALUE_MISSING: { message: "{option} 需要一个值", hint: "用法：{usage}；详见 --help" },
  OPTION_VALUE_INVALID: { message: "{option} 不接受 {value}", hint: "可用的值：{expected}" },
  OPTIONS_CONFLICT: { message: "{one} 与 {other} 不能同时使用", hint: "请去掉其中一个" },
  OPTION_ALONE: { message: "{option} 必须与 {needed} 同用才有作用", hint: "请加上 {needed}，或去掉 {option}" },
  ARGUMENT_MISSING: { message: "缺少参数 {argument}", hint: "用法：{usage}；详见 --help" },
  ARGUMENTS_TOO_MANY: { message: "参数过多：{arguments}", hint: "用法：{usage}；含空格的内容请加引号" },
  REPOSITORY_EXPECTED: {
    message: "{text} 是单个镜像，而此处需要整个仓库",
    hint: "请去掉标签和摘要：{repository}；查看单个镜像请用 `slipway digest` 或 `slipway inspect`",
  },
  NOTHING_TO_SYNC: {
    message: "没有指明要同步什么",
    hint: "请在 slipway.yaml 中写 `mirrors:`，用 --config 指定文件，或使用 image-syncer 的 --images",
  },
  PRUNE_UNCONFIRMED: {
    message: "--prune 会删除标签，而此处没有人可以确认",
    hint: "请加上 --yes；`slipway plan sync --prune` 可查看将删除的内容",
  },
  PLACE_GIVEN_UP: {
    message: "没有向 {target} 写入任何内容：它只能整体写入，而发往它的镜像没有全部到达",
    hint: "请先修复失败的镜像，或将其去掉；再次运行同一命令会重新写入该位置",
  },
  CONFIG_NOT_FOUND: { message: "{folder} 及其上级目录中没有 slipway.yaml", hint: "请用 --config 指定配置文件" },
  ACTION_INPUT_INVALID: {
    message: "Action 的输入 {input} 不接受 {value}",
    hint: "可接受的值：{expected}",
  },
  ACTION_ARGS_INVALID: {
    message: "Action 的输入 args 中，引号 {quote} 没有结束",
    hint: "请补上引号；或写成 `args: |`，每行一个参数，此时引号只是普通字符",
  },
  ACTION_NOT_STARTED: {
    message: "无法在 {folder} 中启动 Slipway：{reason}",
    hint: "请检查输入 working-directory：该目录必须存在，因此要先运行 actions/checkout",
  },
  INIT_EXISTS: {
    message: "{file} 已存在：该项目已有配置",
    hint: "可用 `slipway config check` 检查；如要重写，请加 --force",
  },
  INIT_IMAGE_UNKNOWN: {
    message: "{folder} 中没有任何内容说明镜像要放在哪里",
    hint: "请指定仓库：--image ghcr.io/OWNER/NAME；多个仓库可重复该选项",
  },
  IMPORT_DESTINATION_MISSING: {
    message: "{file} 没有写明目的端",
    hint: "请加上 --to 仓库主机/命名空间，与 skopeo 命令行中的相同",
  },
  FILE_EXISTS: { message: "{file} 已存在", hint: "请用 --output 换一个文件名，或用 --force 覆盖" },
  FILE_UNWRITABLE: { message: "无法写入 {file}：{reason}", hint: "请检查目录是否存在、是否有权限、磁盘是否有空间" },
} as const;
