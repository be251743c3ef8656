export const releaseErrors = {
  PROJECT_BUSY: {
    message: "另一个 Slipway 进程（{pid}）正在 {folder} 中运行",
    hint: "请等它结束；若在共享磁盘上该进程其实已不存在，请删除 {lock}",
  },
  OUTLETS_MISSING: {
    message: "配置中没有可发布到的仓库",
    hint: "请在 `registries:` 下添加带 `image: 仓库地址/镜像名` 的条目",
  },
  OUTLET_UNKNOWN: { message: "配置中没有名为 {name} 的仓库", hint: "已有的是 {known}" },
  OUTLET_MISSPELT: { message: "配置中没有名为 {name} 的仓库；是否想写 {nearest}？", hint: "已有的是 {known}" },
  VERSION_NEEDED: {
    message: "要发布哪个版本？{where} 需要版本号，却没有给出",
    hint: "请写明（`slipway release 1.2.3`，其他命令用 `--for 1.2.3`），或设置 SLIPWAY_VERSION，或检出形如 v1.2.3 的 git 标签",
  },
  TEMPLATE_SLOT_UNKNOWN: {
    message: "{where} 的双花括号中写了 {slot}，它不代表任何内容",
    hint: "可用的有 {known}",
  },
  TREE_DIRTY: {
    message: "{folder} 中检出的文件在提交 {revision} 之后有改动",
    hint: "请提交或撤销这些改动，使镜像能追溯到提交；`--allow-dirty` 可强行发布",
  },
  VERSION_TAKEN: {
    message: "{registry} 已有 {tag}，但属于另一个提交：{digest} 来自 {theirs}，当前是 {ours}",
    hint: "版本绝不会被覆盖：请检出它对应的提交，或换一个新版本号发布",
  },
  DIGESTS_DIFFER: {
    message: "{tag} 并非处处相同：{one} 提供 {oneDigest}，{other} 提供 {otherDigest}",
    hint: "`slipway why` 会说明各自的来历；版本绝不会被覆盖，请换新版本号发布，或手动删除错误的那个",
  },
  VERSION_UNKNOWABLE: {
    message: "无法确定 {tag} 是否已存在：{registry} 没有响应",
    hint: "重新构建可能让同一版本出现第二个摘要，因此没有构建；待仓库恢复后再次运行同一命令；若只想看能否构建，可用 `slipway build --force`",
  },
  TAG_TAKEN: {
    message: "{image} 已是另一个镜像：那里是 {there}，而不是 {ours}",
    hint: "版本绝不会被覆盖；请换新版本号发布，若那里的标签有误，请手动删除",
  },
  DIGEST_NOT_SERVED: {
    message: "{image} 提供的不是刚推送的内容：应为 {expected}，实为 {found}",
    hint: "没有发布任何内容；可能有别人也在推送，或仓库丢失了它：请再次运行同一命令",
  },
  PUBLISH_INCOMPLETE: {
    message: "{tag} 尚未到达所有必需的仓库，缺少：{missing}",
    hint: "没有创建发布；已送达的内容保留。解决上述原因后，再次运行同一命令即可继续",
  },
  FLOATING_INCOMPLETE: {
    message: "有些仓库的浮动标签未能移动：{missing}",
    hint: "版本本身已发布；再次运行同一命令即可完成其余部分",
  },
  BUILD_SETTINGS_MISSING: {
    message: "{folder} 中没有 Dockerfile，配置里也没有 `build:`",
    hint: "请添加 Dockerfile，或在 slipway.yaml 中写 `build:`",
  },
  GITHUB_REPOSITORY_UNKNOWN: {
    message: "GitHub 上的哪个仓库？`release.github`、GITHUB_REPOSITORY 与检出的 origin 都没有说明",
    hint: "请在 `release:` 下写 `github: 所有者/名称`",
  },
  GITHUB_TOKEN_MISSING: {
    message: "没有用于 {api} 的令牌",
    hint: "请设置 GITHUB_TOKEN（在 Actions 中由 secrets.GITHUB_TOKEN 提供，并写 `permissions: contents: write`），或用 `gh auth login` 登录",
  },
  GIT_TAG_ELSEWHERE: {
    message: "{repository} 的 git 标签 {tag} 指向 {there}，而镜像来自 {ours}",
    hint: "请检出该标签的提交，或换新版本号发布；Slipway 不移动 git 标签",
  },
  ASSET_NOT_FOUND: {
    message: "没有文件匹配 {pattern}，而它应附加到发布中",
    hint: "`release.assets` 是相对于 slipway.yaml 所在文件夹的路径或通配符",
  },
  ASSET_NAME_TWICE: {
    message: "两个文件会成为同一个附件 {name}：{one} 与 {other}",
    hint: "GitHub 只按名称区分附件；请重命名其中一个",
  },
  ASSETS_UNFINISHED: {
    message: "{tag} 的这些附件不完整：{names}",
    hint: "草稿保持原样；再次运行同一命令即可继续",
  },
  ASSET_PUBLISHED: {
    message: "发布 {tag} 已公开，其中名为 {name} 的是另一个文件",
    hint: "已被下载的文件不会被替换：请换新版本号发布，或手动删除该附件",
  },
  ASSET_REFUSED: {
    message: "GitHub 不接收这样的附件 {name}：{reason}",
    hint: "请从 `release.assets` 中去掉它，或拆分、重命名",
  },
  RELEASE_FROZEN: {
    message: "发布 {tag} 已公开且不可变更，却缺少 {names}",
    hint: "不可变的发布无法修改：请换新版本号发布",
  },
  DRAFT_GONE: { message: "{tag} 的草稿在本次运行期间被删除", hint: "请再次运行同一命令：它会创建新的草稿" },
  RELEASE_NOT_ALLOWED: {
    message: "该令牌不能在 {repository} 创建发布：{reason}",
    hint: "它需要该仓库的 `contents: write` 权限；在 Actions 中，若 job 的 `permissions` 这样写，GITHUB_TOKEN 对自己的仓库就有此权限",
  },
  NOTES_UNREADABLE: {
    message: "无法读取发布说明 {file}：{reason}",
    hint: "`release.notes` 是相对于 slipway.yaml 所在文件夹的路径，或 `generate`，或 `none`",
  },
  CONTRACT_FOREIGN: {
    message: "{file} 不是由 `slipway contract` 写出的，继续会覆盖其全部内容",
    hint: "请用 --output 或 slipway.yaml 的 `contract:` 换一个文件名，或先删除该文件",
  },
  CONTRACT_OUTDATED: { message: "{file} 与配置不一致", hint: "请运行 `slipway contract` 并提交该页面" },
  CHANGED_WITHOUT_PATHS: {
    message: "哪些文件？既没有给出通配符，配置中也没有 `build.paths`",
    hint: "请写明：`slipway changed 'api/**' 'workflow/**' --base origin/main`",
  },
  CHANGED_WITHOUT_BASE: {
    message: "与什么相比？这不是 GitHub Actions 的运行，也没有指明提交",
    hint: "请写明：`--base origin/main` 或 `--base v1.2.3`",
  },
  NO_IMAGE_TO_EXPLAIN: {
    message: "没有指明哪个仓库可能有 {version}",
    hint: "请在 slipway.yaml 中写 `registries:`，或直接指明：`--image ghcr.io/owner/app`（可重复）与 `--github owner/name`",
  },
  UNPACK_NEEDS_FILE: {
    message: "设置了 `source.unpack`，但软件包 {path} 是一个文件夹",
    hint: "请去掉 `unpack`：该文件夹会原地使用",
  },
} as const;
