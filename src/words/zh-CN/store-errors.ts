export const storeErrors = {
  STORE_FAILED: {
    message: "{where} 无法完成请求：{reason}",
    hint: "请按数据库给出的原因处理。没有任何操作只做了一半：以仓库中的内容为准，历史记录会从这里继续。",
  },
  STORE_IN_USE: {
    message: "数据目录 {folder} 正在使用中：{holder}。",
    hint: "同一时间只能有一个进程使用一个数据目录。请结束那个进程，或用 --data-dir 指定另一个目录，或用 SLIPWAY_DATABASE_URL 共用一个 PostgreSQL。",
  },
  STORE_TOO_NEW: {
    message: "{where} 由更新版本的 Slipway 创建：其中已有变更 {migration}。",
    hint: "请运行该版本或更新的版本。若要继续使用当前版本，请换一个数据库；留下的只是历史记录。",
  },
  STORE_UNREACHABLE: {
    message: "无法连接 {where}：{reason}",
    hint: "请检查数据库是否在运行、SLIPWAY_DATABASE_URL 是否正确。恢复之后，未完成的工作会继续。",
  },
  STORE_URL_INVALID: {
    message: "SLIPWAY_DATABASE_URL 不是 PostgreSQL 的地址。",
    hint: "请写成 postgres://用户:密码@主机:5432/数据库；密码中的特殊字符要用百分号编码。",
  },
} as const;
