export const daemonErrors = {
  // The API and the webhooks
  API_ATTEMPTS_EXCEEDED: {
    message: "此地址提交了过多错误的令牌",
    hint: "请在 {seconds} 秒后重试",
  },
  API_BODY_INVALID: {
    message: "请求体不可用：{reason}",
    hint: "请对照 /api/v1/openapi.json",
  },
  API_BODY_TOO_LARGE: {
    message: "请求体超过 {limit} 字节",
    hint: "请减少单次请求的内容",
  },
  API_HOST_FOREIGN: {
    message: "{host} 不是本服务应答的地址",
    hint: "请把实际使用的域名写入 slipway.yaml 的 `serve.url` 或 `serve.hosts`",
  },
  API_LISTEN_FAILED: {
    message: "无法监听 {address}：{reason}",
    hint: "请结束占用该地址的程序，或用 `--listen` 选择其他地址",
  },
  API_LISTEN_INVALID: {
    message: "{text} 不是可监听的地址",
    hint: "请写成 HOST:PORT，例如 127.0.0.1:4700、[::1]:4700 或 0.0.0.0:4700",
  },
  API_ORIGIN_FOREIGN: {
    message: "请求来自其他网站的页面，已拒绝",
    hint: "请使用控制台自己的地址，即 slipway.yaml 的 `serve.url`；程序请改用 `Authorization: Bearer TOKEN` 而非 Cookie",
  },
  API_PARAMETER_INVALID: {
    message: "{name} 不可用：{reason}",
    hint: "请对照 /api/v1/openapi.json",
  },
  API_PATH_UNKNOWN: {
    message: "{method} {path} 不存在",
    hint: "/api/v1/openapi.json 列出了全部接口",
  },
  API_ROLE_INSUFFICIENT: {
    message: "令牌 {name} 只能读取，不能更改",
    hint: "请使用角色为 operator 的令牌",
  },
  API_STREAMS_EXCEEDED: {
    message: "已打开 {limit} 个实时视图，达到上限",
    hint: "请关闭其中一些，或改为定时查询",
  },
  API_TOKEN_REQUIRED: {
    message: "此操作需要令牌",
    hint: "请登录，或发送 `Authorization: Bearer TOKEN`；`slipway serve` 首次启动时打印了第一个令牌，也可用 SLIPWAY_TOKEN 另行设置",
  },
  API_TOKEN_WRONG: {
    message: "此令牌无效",
    hint: "它可能已被删除；可用 SLIPWAY_TOKEN 设置令牌，下次启动时生效",
  },
  HOOK_BODY_INVALID: {
    message: "webhook {hook} 收到的内容不是 {kind} 类型的消息：{reason}",
    hint: "请核对 slipway.yaml 的 `serve.webhooks.{hook}.kind` 与调用方是否一致",
  },
  MIRROR_UNKNOWN: {
    message: "没有名为 {mirror} 的镜像任务",
    hint: "请与配置中的 `mirrors:` 核对名称",
  },
  RUN_ENDED: {
    message: "运行 {run} 已经结束",
    hint: "没有可取消的内容",
  },
  RUN_UNKNOWN: {
    message: "没有运行 {run}",
    hint: "运行记录保留 `serve.keep` 所设的时间，默认 30 天",
  },
  TOKEN_EXISTS: {
    message: "已有名为 {name} 的令牌",
    hint: "请换一个名称，或先删除原有令牌",
  },
  TOKEN_NEEDED: {
    message: "{name} 是最后一个角色为 operator 的令牌，不能删除",
    hint: "请先创建另一个",
  },
  TOKEN_TOO_SHORT: {
    message: "SLIPWAY_TOKEN 只有 {length} 个字符，少于 {least} 个",
    hint: "请生成一个无法猜测的令牌，例如 `openssl rand -hex 32`",
  },
  TOKEN_UNKNOWN: {
    message: "没有名为 {name} 的令牌",
    hint: "请与令牌列表核对名称",
  },

  // Workers and their jobs
  JOB_GIVEN_UP: {
    message: "运行 {run} 的一部分已开始 {attempts} 次，却没有任何工作进程完成它",
    hint: "请在各工作进程的日志中查找它们中止的原因；该镜像任务的下一次运行会再次尝试",
  },
  LEASE_EXPIRED: {
    message: "运行 {run} 的这一部分未能保住：租约在续期之前就到期了",
    hint: "会由另一个工作进程或本进程继续；已经复制的内容不会重新发送",
  },
  LEASE_LOST: {
    message: "运行 {run} 的这一部分现在由另一个工作进程负责",
    hint: "无需处理：本进程开始的部分不再算数，另一个进程会从已到达的内容继续",
  },
  RUN_CANCELLED: {
    message: "运行 {run} 已被取消",
    hint: "此前已到达的内容会保留；要补上其余部分，请再开始一次运行",
  },
  WORKER_WITHOUT_DATABASE: {
    message: "工作进程需要与 `slipway serve` 共用一个数据库，而 SLIPWAY_DATABASE_URL 未设置",
    hint: "请把它设为 `slipway serve` 所用的 PostgreSQL，例如 postgres://user:password@host:5432/slipway；只有一台机器时不需要工作进程，`slipway serve` 会完成全部工作",
  },
} as const;
