export const githubErrors = {
  GITHUB_API_URL_INVALID: {
    message: "GitHub API 的地址无法使用：{url}（{reason}）",
    hint: "请把 GITHUB_API_URL 设为 https://api.github.com；GitHub Enterprise 请设为 https://主机/api/v3",
  },
  GITHUB_REPOSITORY_INVALID: {
    message: "不是 GitHub 上的代码仓库：{text}",
    hint: "请写成 所有者/名称，例如 octocat/hello-world",
  },
  GITHUB_UNAUTHORIZED: {
    message: "{host} 不接受用于 {operation} 的令牌（来自 {origin}）：{detail}",
    hint: "令牌可能已过期或被吊销；请把 GITHUB_TOKEN 设为新令牌，再试 `slipway doctor`",
  },
  GITHUB_DENIED: {
    message: "{host} 拒绝 {operation}，所用令牌来自 {origin}：{detail}",
    hint: "该令牌需要 {permission}：在工作流中写在任务的 `permissions:` 下，否则在令牌的设置中授予",
  },
  GITHUB_NOT_FOUND: {
    message: "{host} 没有 {operation} 所指的内容，或对来自 {origin} 的令牌不可见",
    hint: "请检查代码仓库的名称；令牌权限不足时，GitHub 的回答与不存在时相同",
  },
  GITHUB_RATE_LIMITED: {
    message: "{host} 暂不接受更多请求（{operation}）：{detail}",
    hint: "请稍候再运行同一命令，即可继续；带令牌的请求限额更高",
  },
  GITHUB_UNREACHABLE: {
    message: "无法连接 {host}：{reason}（{operation}）",
    hint: "请检查网络；若本网络需要代理，请设置 HTTPS_PROXY；再次运行同一命令即可继续",
  },
  GITHUB_UNTRUSTED: {
    message: "{host} 不可信任：{reason}（{operation}）",
    hint: "请把 NODE_EXTRA_CA_CERTS 设为签发该服务器证书的 CA 文件，并检查本机时钟",
  },
  GITHUB_UNAVAILABLE: {
    message: "{host} 对 {operation} 的回答是 {status}",
    hint: "对方出了故障，见 https://www.githubstatus.com；稍后运行同一命令即可继续",
  },
  GITHUB_REFUSED: {
    message: "{host} 不接受 {operation}：{detail}",
    hint: "没有任何改动；请按 GitHub 所说的修正，再运行同一命令",
  },
  GITHUB_EXISTS: {
    message: "{host} 不接受 {operation}：已有相同的 {field}",
    hint: "请再次运行同一命令，它会先查看现有内容；也可能有另一个运行正在同时进行",
  },
  GITHUB_IMMUTABLE: {
    message: "{host} 不接受 {operation}，该发行版不可再更改：{detail}",
    hint: "该代码仓库启用了不可变发行版；请发布新版本",
  },
  TAG_BURNED: {
    message: "{host} 不接受 {operation}：曾有不可变发行版使用过这个标签，不能再用于其他发行版",
    hint: "那个发行版已被删除，但 GitHub 会永久保留其标签；请发布新版本",
  },
  GITHUB_TARGET_UNKNOWN: {
    message: "{host} 不接受 {operation}：它不认识要打标签的分支或提交",
    hint: "请先把该提交推送到代码仓库；缩写的提交号或标签不行",
  },
  GITHUB_REDIRECTED: {
    message: "{host} 把 {operation} 引向 {location}，已拒绝：{reason}",
    hint: "代码仓库改名后，请在配置中写新名称；令牌绝不会发往其他服务器",
  },
  GITHUB_UPLOAD_REFUSED: {
    message: "{host} 要求把附件发往 {address}，已拒绝：{reason}",
    hint: "令牌绝不会发往其他服务器；请检查 GITHUB_API_URL",
  },
  GITHUB_ANSWER: {
    message: "{host} 对 {operation} 的回答无法使用：{reason}",
    hint: "它确实是 GitHub 的 API 吗？中间的代理或登录页也会这样回答",
  },
  NOTES_TOO_LONG: {
    message: "发行说明中自有的部分有 {characters} 个字符，而 GitHub 总共只接受 {limit} 个",
    hint: "请减少其中列出的仓库或标签",
  },
  ACTIONS_RUN_INVALID: {
    message: "本次 GitHub Actions 运行没有说明自己的情况：{what}（{reason}）",
    hint: "这些变量和事件文件由运行器设置；请检查工作流是否改动了它们",
  },
} as const;
