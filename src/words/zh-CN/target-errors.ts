export const targetErrors = {
  CONTENT_MISMATCH: {
    message: "{target} 提供的 {digest} 与摘要不符：{reason}",
    hint: "没有打上任何标签；源端或途中的某处已损坏，请换一个源",
  },
  TARGET_INVALID: {
    message: "不是可存放镜像的位置：{text}（{reason}）",
    hint: "写法：docker://引用、oci:目录[:标签]、oci-archive:文件[:标签]、docker-archive:文件[:引用] 或 docker-daemon:引用",
  },
  TARGET_UNREADABLE: {
    message: "无法读取 {target}：{reason}",
    hint: "请检查路径和权限；OCI 布局是一个包含 oci-layout 和 index.json 文件的目录",
  },
  ARCHIVE_INVALID: {
    message: "{target} 不是可以安全读取的归档：{reason}",
    hint: "请用 `docker save`、`skopeo copy` 或 `slipway copy` 重新生成；没有在归档之外写入任何内容",
  },
  IMAGE_AMBIGUOUS: {
    message: "{target} 中有 {count} 个镜像：{images}",
    hint: "请在位置末尾加冒号，写明所需镜像的标签或引用",
  },
  IMAGE_UNSUPPORTED: {
    message: "{target} 无法存放 {digest}：{reason}",
    hint: "OCI 布局（oci:目录 或 oci-archive:文件）可存放任何镜像，且摘要不变",
  },
  PLATFORM_UNKNOWN: {
    message: "{image} 没有适用于 {platform} 的镜像；现有平台：{available}",
    hint: "请用 --platform 选择其中之一",
  },
  STORAGE_FULL: {
    message: "{path} 所在的磁盘空间已满",
    hint: "请清理空间或换用其他磁盘（--cache-dir；临时文件用 TMPDIR）；再次运行同一命令即可继续",
  },
  STORAGE_FAILED: {
    message: "文件系统在 {path} 上出错：{reason}",
    hint: "请检查权限以及所在磁盘的状况",
  },
  DAEMON_UNREACHABLE: {
    message: "{socket} 上没有 Docker 引擎响应：{reason}",
    hint: "请确认引擎正在运行，且当前用户有权使用其套接字（docker 用户组），或设置 DOCKER_HOST",
  },
  DAEMON_ANSWER: {
    message: "{socket} 上的 Docker 引擎无法完成 {operation}：{detail}",
    hint: "详情请查看引擎自身的日志（journalctl -u docker）",
  },
} as const;
