import type { SiteData, Source } from "../../src/site/model.ts";
import type { StatusFile } from "../../src/site/sources/index.ts";
import { same, sampleForm } from "./compose-form.ts";

/** Three registries that serve one image; `probes`: what answers for each. */
export function sampleSources(probes: Readonly<Record<string, string>> = {}): readonly Source[] {
  const probeOf = (id: string) => (probes[id] === undefined ? {} : { probe: probes[id] });
  return [
    {
      id: "docker-hub",
      name: same("Docker Hub"),
      image: "newbe36524/hagicode",
      audience: { en: "Outside mainland China", "zh-CN": "海外用户" },
      note: { en: "The official source.", "zh-CN": "官方镜像源。" },
      page: "https://hub.docker.com/r/newbe36524/hagicode",
      speed: 3,
      stability: 5,
      isOrigin: true,
      limits: { en: "100 pulls in 6 hours without an account", "zh-CN": "未登录时每 6 小时 100 次拉取" },
      hints: { timeZones: [], languages: ["en"] },
      state: { kind: "active" },
      ...probeOf("docker-hub"),
    },
    {
      id: "aliyun",
      name: { en: "Alibaba Cloud Container Registry (ACR)", "zh-CN": "阿里云容器镜像服务（ACR）" },
      image: "registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode",
      audience: { en: "Mainland China", "zh-CN": "国内用户" },
      note: { en: "Fast and steady from mainland China.", "zh-CN": "国内访问速度快，稳定性高。" },
      page: "https://cr.console.aliyun.com/repository/cn-hangzhou/hagicode/hagicode/details",
      speed: 5,
      stability: 5,
      every: 1_800_000,
      isOrigin: false,
      hints: { timeZones: ["Asia/Shanghai", "Asia/Urumqi"], languages: ["zh"] },
      state: { kind: "active" },
      ...probeOf("aliyun"),
    },
    {
      id: "azure",
      name: same("Azure Container Registry"),
      image: "hagicode.azurecr.io/hagicode",
      audience: { en: "Where the others are not reached", "zh-CN": "特殊网络环境" },
      page: "https://portal.azure.com/#view/hagicode",
      speed: 4,
      stability: 4,
      every: 3_600_000,
      isOrigin: false,
      hints: { timeZones: [], languages: [] },
      state: { kind: "active" },
      ...probeOf("azure"),
    },
  ];
}

/** A site with a builder whose form has every type of field. */
export function sampleSite(changes: Partial<SiteData> = {}): SiteData {
  return {
    version: 1,
    name: "hagicode",
    title: { en: "HagiCode deployment", "zh-CN": "HagiCode 部署" },
    links: [
      { label: { en: "Docs", "zh-CN": "文档" }, url: "https://docs.hagicode.com/" },
      { label: { en: "Blog", "zh-CN": "博客" }, url: "https://docs.hagicode.com/blog" },
    ],
    sources: sampleSources(),
    faq: [
      {
        id: "same-image",
        question: { en: "Is the image the same everywhere?", "zh-CN": "各处的镜像是同一个吗？" },
        answer: {
          en: "Yes: its digest is the same, and so is every byte. See [how to verify it](https://docs.hagicode.com/).",
          "zh-CN": "是的：摘要相同，每个字节都相同。参见[校验方法](https://docs.hagicode.com/)。",
        },
      },
      {
        id: "data",
        question: { en: "Will my data stay?", "zh-CN": "我的数据会保留吗？" },
        answer: { en: "Yes. `volumes` stay as they are.", "zh-CN": "会保留，`volumes` 不受影响。" },
      },
    ],
    tags: ["latest", "1.4.2", "1.4", "1.3.0"],
    compose: sampleForm(),
    ...changes,
  };
}

/** What a daemon tells at an instant: one destination in step, one three tags behind. @param at milliseconds since 1970 */
export function sampleStatus(at: number): StatusFile {
  const ago = (name: string, minutes: number) => {
    const then = new Date(at - minutes * 60_000);
    return { [name]: then.toISOString(), [`${name}_ts`]: Math.floor(then.getTime() / 1000) };
  };
  const status = {
    version: 1,
    ...ago("generated", 0),
    mirrors: [
      {
        name: "hagicode",
        upstream: "docker.io/newbe36524/hagicode",
        status: "failed",
        ...ago("last_update", 90),
        ...ago("last_started", 9),
        ...ago("last_ended", 8),
        ...ago("next_schedule", -22),
        size: 1_840_000_000,
        destinations: [
          {
            repository: "registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode",
            status: "success",
            tags: { total: 48, in_step: 48, behind: 0, failed: 0 },
            lag_seconds: 240,
            ...ago("last_update", 8),
          },
          {
            repository: "hagicode.azurecr.io/hagicode",
            status: "failed",
            tags: { total: 48, in_step: 45, behind: 2, failed: 1 },
            lag_seconds: 9600,
            ...ago("last_update", 90),
          },
        ],
      },
    ],
  };
  return status as unknown as StatusFile;
}
