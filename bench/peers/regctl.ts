import { eachTag, singleImage, type Tool, trusting } from "./tool.ts";

/**
 * https://github.com/regclient/regclient; for one image. Repositories are for its sibling regsync. It has not run here: its
 * flags are those of cmd/regctl/root.go (`--host reg=…,tls=…`) and image.go of July 2026.
 */
export const regctl: Tool = {
  name: "regctl",
  executable: "regctl",
  version: ["version"],
  work: (job) => {
    if (singleImage(job) === undefined) return undefined;
    const tls = job.authority === undefined ? "disabled" : "enabled";
    const hosts = [job.source, ...job.destinations].flatMap((host) => ["--host", `reg=${host},tls=${tls}`]);
    return { ...eachTag(job, (from, to) => ["regctl", ...hosts, "image", "copy", from, to]), ...trusting(job) };
  },
};
