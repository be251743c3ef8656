export const registryErrors = {
  HOST_UNKNOWN: {
    message: "本机无法解析主机名 {host}（{operation}）",
    hint: "请检查拼写和 DNS 设置；若本网络需要代理，请设置 HTTPS_PROXY",
  },
  HOST_UNREACHABLE: {
    message: "无法连接 {host}：{reason}（{operation}）",
    hint: "请检查仓库服务是否在运行、端口和防火墙；若本网络需要代理，请设置 HTTPS_PROXY",
  },
  TLS_FAILED: {
    message: "{host} 不可信任：{reason}（{operation}）",
    hint: "请在 `hosts:` 中为它配置私有 CA（ca）或客户端证书（cert 和 key）；若它使用明文 HTTP，请在那里写 `tls: false`",
  },
  TIMED_OUT: {
    message: "{host} 已有 {seconds} 秒没有响应（{operation}）",
    hint: "链路或仓库卡住了；再次运行同一命令即可继续：已送达的内容不会重发",
  },
  TOO_SLOW: {
    message: "{host} 在 {seconds} 秒内平均每秒只传 {rate} 字节，低于下限 {least}（{operation}）",
    hint: "再次运行同一命令即可继续：已送达的内容不会重发；链路本来就慢的，请在 `hosts:` 中调低 `minimumRate`",
  },
  CONNECTION_LOST: {
    message: "{host} 关闭了连接：{reason}（{operation}）",
    hint: "再次运行同一命令即可继续：已送达的内容不会重发",
  },
  RATE_LIMITED: {
    message: "{host} 暂不允许更多请求（{operation}）：{detail}",
    hint: "请稍候，或先登录：多数仓库对已登录用户限额更高",
  },
  PULLS_RESERVED: {
    message: "{host} 的 {limit} 次拉取额度只剩 {remaining} 次，予以保留（{operation}）",
    hint: "请先登录、在 `hosts:` 中写明 `alternates`，或稍候：该额度的周期为 {window}；--keep-pulls 0 会把余额也用完",
  },
  UNAUTHORIZED: {
    message: "{host} 不接受用于{operation}的凭证（来自 {origin}）：{detail}",
    hint: "请检查用户名和密码（许多仓库要求使用访问令牌），再试 `slipway doctor`",
  },
  DENIED: {
    message: "{host} 拒绝{operation}，所用凭证来自 {origin}：{detail}",
    hint: "该账号需要相应的权限；新仓库可能需要先创建",
  },
  REPOSITORY_UNKNOWN: {
    message: "{host} 上没有仓库 {repository}，或对来自 {origin} 的凭证不可见",
    hint: "请检查名称；私有仓库需要凭证；推送之前，Harbor 要先创建项目，ECR 和 Artifact Registry 要先创建仓库",
  },
  MANIFEST_UNKNOWN: { message: "{target} 上没有 {reference}", hint: "`slipway tags` 可列出现有标签" },
  BLOB_UNKNOWN: { message: "{target} 上没有数据块 {digest}", hint: "那里的镜像不完整：请重新推送，或换一个源复制" },
  UPLOAD_LOST: {
    message: "{host} 已不记得 {digest} 的上传进度：{detail}",
    hint: "已重新开始上传；若一再出现，可能是同一名称背后有多台服务器，各自只记得自己的上传",
  },
  PARTS_MISSING: {
    message: "{host} 拒绝{operation}，清单所指的内容不全：{detail}",
    hint: "已经重发过一次；该仓库可能正在一边写入一边清理",
  },
  MANIFEST_REFUSED: {
    message: "{host} 不接收这样的清单（{operation}）：{detail}",
    hint: "用 `--adapt` 或在配置中写 `adapt: true`，即可发送镜像中能发送的部分，但摘要会不同；具体见 docs/registries.md",
  },
  TAG_IMMUTABLE: {
    message: "{target} 受保护，且已是另一个摘要：{detail}",
    hint: "版本标签绝不覆盖：请为此镜像换一个标签；若那个标签是误推的，请先在那里解除保护",
  },
  QUOTA_EXCEEDED: {
    message: "{host} 没有空间用于{operation}（回答 {status}）：{detail}",
    hint: "请提高配额或清理旧镜像；若回答是 413，也可能是它前面的代理所允许的请求太小",
  },
  UNSUPPORTED: { message: "{host} 不接受{operation}：{detail}", hint: "各仓库支持的内容见 docs/registries.md" },
  DELETE_REFUSED: {
    message: "{host} 不执行删除（{operation}）：{detail}",
    hint: "Docker 的 registry 须设置 REGISTRY_STORAGE_DELETE_ENABLED=true 才能删除；其他仓库请使用其自身的设置或页面",
  },
  DELETE_ELSEWHERE: {
    message: "{host} 不支持通过仓库协议删除标签",
    hint: "请在其网站上或用其自身的 API（hub.docker.com）删除，或去掉 --prune",
  },
  REGISTRY_ANSWER: {
    message: "{host} 对{operation}的回答是 {status}：{detail}",
    hint: "若一直如此，请查看该仓库自身的日志",
  },
  ANSWER_INVALID: {
    message: "{host} 对{operation}的回答无法使用：{reason}",
    hint: "它确实是镜像仓库吗？中间的代理或登录页也会这样回答",
  },
  REALM_REFUSED: {
    message: "{host} 要求把凭证发往 {realm}，已拒绝：{reason}",
    hint: "若该地址无误，请在 `hosts:` 中为它写明 `realm`",
  },
  REDIRECT_REFUSED: {
    message: "{host} 把{operation}重定向到 {location}，已拒绝：{reason}",
    hint: "公共仓库没有理由指向内网或明文 HTTP",
  },
  CREDENTIAL_HELPER_FAILED: {
    message: "{host} 的凭证助手 {helper} 失败：{reason}",
    hint: "请安装它或重新登录；不会改用其他凭证",
  },
  CREDENTIAL_FILE_INVALID: {
    message: "{file} 不是可用的 Docker 配置：{reason}",
    hint: "`docker login` 或 `skopeo login` 会写出新的配置",
  },
  CREDENTIAL_EXPIRED: {
    message: "{host} 的凭证（来自 {origin}）已于 {date} 失效",
    hint: "请重新登录，或生成新的令牌并填入该处",
  },
  LOGIN_OUTSIDE_ACTIONS: {
    message: "{origin}：{kind} 需要 GitHub 的 OIDC 令牌，而它只在 GitHub Actions 中才有",
    hint: "在其他环境中，请用 `username` 和 `password` 代替 `login`，例如 {instead}",
  },
  ID_TOKEN_NOT_PERMITTED: {
    message: "{origin}：{kind} 需要 GitHub 的 OIDC 令牌，但此作业无权获取",
    hint: "请在工作流中（全部作业或此作业）写 `permissions: id-token: write`；来自复刻仓库的拉取请求永远得不到它",
  },
  LOGIN_TOKEN_MISSING: {
    message: "{origin}：github-token 需要 GITHUB_TOKEN，但它没有设置",
    hint: "在 Actions 中请通过步骤的 `env` 由 github.token 提供，并写 `permissions: packages: write`；在其他环境中可用带 write:packages 权限的个人访问令牌",
  },
  LOGIN_INSECURE: {
    message: "{origin}：向 {host} 请求 {step} 将使用明文 HTTP，已拒绝",
    hint: "令牌只经由 https:// 传送；请检查地址",
  },
  LOGIN_NOT_TRUSTED: {
    message: "{origin}：{host} 不信任此工作流（{step}）：{detail}",
    hint: "那里的信任设置须写明主体 {subject} 和受众 {audience}；命令见 docs/credentials.md",
  },
  LOGIN_RIGHT_MISSING: {
    message: "{origin}：{host} 不允许 {step}：{detail}",
    hint: "请授予权限 {right}；命令见 docs/credentials.md",
  },
  LOGIN_REFUSED: {
    message: "{origin}：{host} 拒绝了 {step}：{detail}",
    hint: "请检查该处 `login` 下的每个值，以及它们所指的对象是否仍然存在",
  },
  LOGIN_UNREACHABLE: {
    message: "{origin}：无法向 {host} 请求 {step}：{reason}",
    hint: "已重试多次；请检查网络，如需代理请设置 HTTPS_PROXY",
  },
  LOGIN_ANSWER_INVALID: {
    message: "{origin}：{host} 对 {step} 的回答无法使用：{reason}",
    hint: "中间的代理或登录页面会这样回答；否则可能是 `login` 下的地址有误",
  },
  PROXY_REFUSED: {
    message: "访问 {host} 的代理拒绝了请求：{reason}（{operation}）",
    hint: "请检查 HTTPS_PROXY 或 `hosts:` 中 `proxy` 的用户名和密码；NO_PROXY 或 `proxy: none` 可绕过代理",
  },
  PROXY_INVALID: {
    message: "{name} 不是可用的代理：{reason}",
    hint: "请写成 http://[用户名:密码@]代理主机:端口，或 none",
  },
  TLS_FILE_INVALID: {
    message: "{host} 的 {file} 无法使用：{reason}",
    hint: "证书和私钥须为当前用户可读的 PEM 文件，每个客户端证书旁须有对应的私钥",
  },
  ADDRESS_REFUSED: {
    message: "{host} 指向 {address}（{kind} 地址），已拒绝",
    hint: "公共仓库没有理由指向内网",
  },
} as const;
