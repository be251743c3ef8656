import type { ErrorCatalogue } from "../words.ts";
import { buildErrors } from "./build-errors.ts";
import { changesErrors } from "./changes-errors.ts";
import { cliErrors } from "./cli-errors.ts";
import { configErrors } from "./config-errors.ts";
import { copyErrors } from "./copy-errors.ts";
import { daemonErrors } from "./daemon-errors.ts";
import { githubErrors } from "./github-errors.ts";
import { metadataErrors } from "./metadata-errors.ts";
import { notifyErrors } from "./notify-errors.ts";
import { registryErrors } from "./registry-errors.ts";
import { releaseErrors } from "./release-errors.ts";
import { siteErrors } from "./site-errors.ts";
import { sourceErrors } from "./source-errors.ts";
import { storeErrors } from "./store-errors.ts";
import { targetErrors } from "./target-errors.ts";
import { workflowsErrors } from "./workflows-errors.ts";

export const errors: ErrorCatalogue = {
  UNEXPECTED: {
    message: "出现了 Slipway 未曾预料的错误：{reason}",
    hint: "请加上 --log-level debug 再运行一次，并附上日志报告此问题",
  },
  INTERRUPTED: { message: "已中断", hint: "再次运行同一命令即可继续：已送达的内容不会重发" },
  REFERENCE_INVALID: {
    message: "不是合法的镜像引用：{text}（{reason}）",
    hint: "写法：[仓库主机[:端口]/]仓库名[:标签][@摘要]，例如 docker.io/library/busybox:1.36",
  },
  DIGEST_INVALID: {
    message: "不是合法的摘要：{text}",
    hint: "摘要为 sha256: 加 64 位小写十六进制，或 sha512: 加 128 位",
  },
  PLATFORM_INVALID: {
    message: "不是合法的平台：{text}",
    hint: "写法：系统[:版本]/架构[/变体]，例如 linux/arm64 或 linux/arm/v7",
  },
  MANIFEST_INVALID: {
    message: "清单 {digest} 不可用：{reason}",
    hint: "需由发布者重新发布；无法安全解读的内容 Slipway 不会转发",
  },
  ...registryErrors,
  ...targetErrors,
  ...copyErrors,
  ...configErrors,
  ...metadataErrors,
  ...changesErrors,
  ...sourceErrors,
  ...buildErrors,
  ...githubErrors,
  ...releaseErrors,
  ...notifyErrors,
  ...workflowsErrors,
  ...storeErrors,
  ...daemonErrors,
  ...siteErrors,
  ...cliErrors,
};
