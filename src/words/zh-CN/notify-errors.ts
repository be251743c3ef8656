export const notifyErrors = {
  NOTIFY_ADDRESS_MISSING: {
    message: "通知渠道 {name} 没有地址",
    hint: "请设置 slipway.yaml 的 `notify` 所用的变量（在工作流中用 `env:` 取自 `secrets`），或去掉该渠道",
  },
  NOTIFY_ADDRESS_INVALID: {
    message: "通知渠道 {name} 的地址不可用：{reason}",
    hint: "请完整复制群设置中给出的地址；只使用 HTTPS，仅本机可用明文 HTTP",
  },
  NOTIFY_CHANNEL_UNKNOWN: {
    message: "`notify` 中没有名为 {name} 的渠道；现有：{known}",
    hint: "渠道以其 `name` 命名，未写时以其类型命名",
  },
  NOTIFY_CHANNELS_MISSING: {
    message: "{file} 的 `notify` 下没有任何渠道",
    hint: "请在 `notify:` 下列出渠道：类型（feishu、dingtalk、wecom、slack、webhook 或 email）及其地址",
  },
  NOTIFY_UNREACHABLE: {
    message: "未能通知 {name}（{host}）：{reason}",
    hint: "请检查网络；如需代理请设置 HTTPS_PROXY；可用 `slipway notify test` 重试",
  },
  NOTIFY_BUSY: {
    message: "{name}（{host}）没有接收消息：{answer}",
    hint: "对方服务异常；可用 `slipway notify test` 重试",
  },
  NOTIFY_LIMITED: {
    message: "{name}（{host}）暂时不再接收消息：{answer}",
    hint: "请减少消息（`on:`），或每个项目使用各自的机器人；钉钉会静默 10 分钟",
  },
  NOTIFY_REFUSED: {
    message: "{name}（{host}）拒绝了消息：{answer}",
    hint: "请核对机器人设置中的地址、密钥（`secret`）、关键词与 IP 白名单；签名要求本机时钟准确",
  },
  NOTIFY_REDIRECTED: {
    message: "{name}（{host}）返回了重定向 {status}，不予跟随",
    hint: "请填写最终地址：签名与密钥不会发往别处",
  },
  NOTIFY_INTERNAL: {
    message: "{host} 指向网络内部的地址，此处拒绝访问",
    hint: "请使用公网地址；如确需访问内网，请在 slipway.yaml 中为该渠道写上 `internal: true`",
  },
} as const;
