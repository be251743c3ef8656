export const sourceErrors = {
  DOWNLOAD_URL_INVALID: {
    message: "软件包的地址不可用：{reason}",
    hint: "请写 https://主机/路径、文件或目录的路径，或设置 Azure Blob 的 SAS URL",
  },
  DOWNLOAD_INSECURE: {
    message: "{url} 是明文 HTTP：途中的任何人都可以换掉软件包",
    hint: "请改用 https，或给出软件包的校验和（sha256:…）",
  },
  DOWNLOAD_REDIRECT_REFUSED: {
    message: "{url} 重定向到 {location}，未予跟随：{reason}",
    hint: "请直接填写软件包的真实地址，必须是 https",
  },
  DOWNLOAD_DENIED: {
    message: "无权读取 {url}：{reason}",
    hint: "请检查凭据：SAS URL 必须完整并带有签名，属于该容器，且允许从当前网络访问",
  },
  DOWNLOAD_MISSING: {
    message: "{url} 处没有软件包：{reason}",
    hint: "请检查软件包的名称及其中的版本号，并确认它已上传",
  },
  DOWNLOAD_FAILED: {
    message: "无法下载 {url}：{reason}",
    hint: "请检查网络；如需代理请设置 HTTPS_PROXY；再次运行同一命令即可继续：已到达的内容不会重新下载",
  },
  DOWNLOAD_STALLED: {
    message: "{url} 在 {seconds} 秒内几乎没有传来任何数据",
    hint: "链路或服务端卡住了；再次运行同一命令即可继续：已到达的内容不会重新下载",
  },
  AZURE_BLOB_INVALID: {
    message: "要下载的 Azure Blob 不可用：{reason}",
    hint: "请把 AZURE_BLOB_SAS_URL 设为容器的 SAS URL 并另外写明软件包名称，或设为该 Blob 本身的 SAS URL",
  },
  AZURE_SAS_EXPIRED: {
    message: "{url} 的 SAS URL 已于 {date} 过期",
    hint: "请在 Azure 门户中重新生成（容器 → 共享访问令牌，权限选“读取”）并替换",
  },
  AZURE_SAS_LACKS_READ: {
    message: "{url} 的 SAS URL 没有读取权限：其权限为 {permissions}",
    hint: "请重新生成一个带有读取权限的 SAS URL（sp=r）",
  },
  PACKAGE_UNREADABLE: {
    message: "无法读取软件包 {path}：{reason}",
    hint: "请检查路径和权限",
  },
  PACKAGE_MISMATCH: {
    message: "{package} 不是预期的软件包：{reason}",
    hint: "其中的内容均未使用；如果配置中的校验和属于旧的软件包，请改为新的",
  },
  PACKAGE_KIND_UNKNOWN: {
    message: "无法解压 {file}：{kind}",
    hint: "请打包为 zip、tar、tar.gz 或 tar.zst；以文件内容为准，与文件名无关",
  },
  PACKAGE_DAMAGED: {
    message: "{file} 已损坏：{reason}",
    hint: "没有解压任何内容；请重新下载，如仍如此，则需重新打包",
  },
  PACKAGE_UNSAFE: {
    message: "解压 {file} 不安全：{entry} {reason}",
    hint: "没有解压任何内容，也没有在目录之外写入任何内容；请让打包者去掉该条目",
  },
  PACKAGE_TOO_LARGE: {
    message: "{file} 解压后超出上限：{reason}",
    hint: "没有解压任何内容；请确认这就是您要的软件包",
  },
  UNPACK_FOLDER_FORBIDDEN: {
    message: "不能解压到 {folder}：{reason}",
    hint: "解压会替换整个目录：请在项目内指定一个专用目录，例如 build/app",
  },
  UNPACK_FOLDER_NOT_OURS: {
    message: "{folder} 中有并非由 Slipway 解压的内容：{reason}",
    hint: "解压会将其删除：请先移走或删除，或解压到其他目录",
  },
} as const;
