export const siteErrors = {
  COMPOSE_ANSWER_INVALID: {
    message: "{field}：{reason}",
    hint: "全部字段见 `slipway compose --list`；用 --set FIELD=VALUE 填写",
  },
  COMPOSE_FIELD_MISSPELT: {
    message: "表单中没有字段 {field}；是否想写 {nearest}？",
    hint: "已知的有 {known}",
  },
  COMPOSE_FIELD_UNASKED: {
    message: "不需要填写 {field}：仅在 {condition} 时需要",
    hint: "请去掉它，或先设置它所依赖的字段",
  },
  COMPOSE_FIELD_UNKNOWN: {
    message: "表单中没有字段 {field}",
    hint: "已知的有 {known}",
  },
  COMPOSE_FILE_UNFIT: {
    message: "{file} 无法作为 Compose 文件读取：{reason}",
    hint: "请提供 Docker Compose 能读取的文件",
  },
  COMPOSE_NOT_CONFIGURED: {
    message: "{file} 中没有 `site.compose`，无法知道要询问什么、生成什么",
    hint: "请添加该部分；写法见 docs/compose-builder.md，完整示例见 examples/hagicode",
  },
  COMPOSE_SET_MALFORMED: {
    message: "{option} 需要写明字段及其取值",
    hint: "请写成 {option} FIELD=…；字段列表见 `slipway compose --list`",
  },
  COMPOSE_SOURCES_PAUSED: {
    message: "所有镜像源都已暂停：{known}",
    hint: "`slipway compose --list` 会说明原因；仍要使用时请用 --source 指定",
  },
  COMPOSE_SOURCE_MISSPELT: {
    message: "没有名为 {source} 的镜像源；是否想写 {nearest}？",
    hint: "已知的有 {known}",
  },
  COMPOSE_SOURCE_REPLACED: {
    message: "镜像源 {source} 已停用，由 {successor} 接替",
    hint: "请使用 --source {successor}；已有文件可用 `slipway compose --switch FILE --source {successor}` 切换",
  },
  COMPOSE_SOURCE_RETIRED: {
    message: "镜像源 {source} 已停用，不再同步",
    hint: "请改用其他镜像源：{known}",
  },
  COMPOSE_SOURCE_UNKNOWN: {
    message: "没有名为 {source} 的镜像源",
    hint: "已知的有 {known}",
  },
  COMPOSE_SWITCH_IDLE: {
    message: "{file} 中没有可以切换到 {source} 的镜像：{images}",
    hint: "只能切换 slipway.yaml 中各镜像源的镜像，列表见 `slipway compose --list`",
  },
  SITE_BLOCK_BROKEN: {
    message: "{file}：第 {line} 行的 {marker} 没有对应的标记",
    hint: "块以 `<!-- slipway:NAME -->` 开始，以 `<!-- /slipway:NAME -->` 结束；块不能嵌套",
  },
  SITE_BLOCK_UNKNOWN: { message: "{file}：没有名为 {name} 的块（第 {line} 行需要它）", hint: "可用的块：{known}" },
  SITE_FOLDER_FOREIGN: {
    message: "{folder} 中有 {file}，不是 Slipway 站点写入的；没有改动任何内容",
    hint: "请为 --out 指定一个空文件夹，或已经放有这种站点的文件夹",
  },
  SITE_MARKDOWN_FOREIGN: {
    message: "{file} 不是由 `slipway site markdown` 写入的，也没有它的块；没有改动任何内容",
    hint: "请移走该文件，为 --out 指定另一个文件夹，或在需要的位置写上 `<!-- slipway:sources -->` 和 `<!-- /slipway:sources -->`",
  },
  SITE_MARKDOWN_OUTDATED: {
    message: "与配置和状态不一致：{files}",
    hint: "请用相同的选项、去掉 --check 运行 `slipway site markdown`，并提交它写入的内容",
  },
  SITE_STATUS_UNREADABLE: {
    message: "无法读取 {place} 中的状态：{reason}",
    hint: "请为 --status 指定 `slipway serve` 的 status.json，文件或地址均可",
  },
  SITE_WITHOUT_SOURCES: {
    message: "没有可提供的镜像源：{file} 的 `registries` 中没有仓库，或者全部已退役",
    hint: "请添加一个，例如 `image: docker.io/OWNER/NAME`，或去掉 `offered: false`、`state: retired`",
  },
  WEB_NOT_BUILT: {
    message: "页面尚未构建：{folder} 中没有页面",
    hint: "请在 Slipway 的检出目录中运行 `npm run web`；npm 上的软件包已包含构建好的页面",
  },
} as const;
