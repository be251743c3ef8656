export const buildErrors = {
  BUILD_FAILED: {
    message: "{builder} 未能构建镜像（{exit}）：{line}",
    hint: "详情见上面它自己的输出；修正 Dockerfile 或构建上下文后重新构建：没有打上任何标签",
  },
  BUILD_PLATFORMS_WRONG: {
    message: "{builder} 没有构建出 {wanted} 平台的镜像；实际构建的是 {made}",
    hint: "请确认每个基础镜像都有这些平台的版本，或换用其他构建工具或更新的版本",
  },
  BUILD_PROGRAM_MISSING: {
    message: "构建需要 {program}，但它不可用：{reason}",
    hint: "请安装它（Debian、Ubuntu：`{install}`），或用 `with: layers` 构建，无需该程序",
  },
  BUILDER_CANNOT: {
    message: "{builder} 做不到：{what}",
    hint: "带 buildx 的 docker 可以（https://docs.docker.com/go/buildx/）；buildah 也能构建多个平台",
  },
  BUILDX_CANNOT_EXPORT: {
    message: "buildx 没有能写出 OCI 归档的构建器；{instance}（驱动 {driver}）不支持",
    hint: "请创建一个：docker buildx create --name slipway --driver docker-container --use",
  },
  BUILDER_NONE: {
    message: "这台机器上没有能构建 Dockerfile 的工具。docker：{docker}。buildah：{buildah}",
    hint: "请启动 Docker 引擎，或安装 buildah（Debian、Ubuntu：apt-get install buildah）；`with: layers` 两者都不需要",
  },
  DOCKERFILE_MISSING: {
    message: "{path} 处没有 Dockerfile",
    hint: "请用 build.dockerfile 写明它的位置，或用 build.layers 直接由目录构建",
  },
  CONTEXT_MISSING: {
    message: "构建上下文 {path} 不是目录",
    hint: "build.context 应为 Dockerfile 所复制文件的所在目录",
  },
  LAYER_SOURCE_MISSING: {
    message: "{path} 要放入镜像层，但无法使用：{reason}",
    hint: "请检查 build.layers；软件包解压出的内容要在 `slipway unpack` 之后才存在",
  },
  LAYER_PATH_INVALID: {
    message: "镜像层不能放在 {path}：{reason}",
    hint: "build.layers 中的 `to` 是镜像内的绝对路径，例如 /app",
  },
  LAYER_FILE_UNSUPPORTED: {
    message: "{path} 不能放入镜像层（{kind}）：只支持文件、目录和符号链接",
    hint: "请删除它，或把它移出该层所用的目录",
  },
  LAYER_FILE_CHANGED: {
    message: "{path} 在放入镜像层的过程中被修改",
    hint: "请等该目录不再变化后重新构建：没有打上任何标签",
  },
  BASE_UNSUPPORTED: {
    message: "{image} 不能用作基础镜像：{reason}",
    hint: "build.from 接受容器镜像（例如 docker.io/library/debian:12）或 scratch",
  },
} as const;
