export const changesErrors = {
  FILTER_INVALID: {
    message: "不是变更文件的过滤规则：{text}（{reason}）",
    hint: "可写一个 glob、一组 glob，或从 added、modified、deleted（用 | 连接）到 glob 的映射，写法与 dorny/paths-filter 相同",
  },
  GIT_MISSING: {
    message: "无法运行 git：{reason}",
    hint: "请安装 git，或将其加入 PATH",
  },
  GIT_FAILED: {
    message: "在 {folder} 中运行 `{command}` 失败：{reason}",
    hint: "请在该目录中手动运行一次；如果 git 提示目录所有权可疑（dubious ownership），执行它给出的命令即可信任该目录",
  },
  GIT_BASE_MISSING: {
    message: "{folder} 中的克隆没有 {base}，无法判断此后有哪些变更",
    hint: "请在检出时设置 `fetch-depth: 0`，或先获取它：`git fetch origin {base}`",
  },
  GIT_HISTORY_MISSING: {
    message: "{folder} 中的克隆太浅，无法判断其历史从何处与 {base} 分开",
    hint: "请在检出时设置 `fetch-depth: 0`，或先获取其余历史：`git fetch --unshallow`",
  },
} as const;
