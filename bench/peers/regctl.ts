import { eachTag, singleImage, type Tool } from "./tool.ts";

/** https://github.com/regclient/regclient; for one image. Repositories are for its sibling regsync. */
export const regctl: Tool = {
  name: "regctl",
  executable: "regctl",
  version: ["version"],
  work: (job) => {
    if (singleImage(job) === undefined) return undefined;
    const hosts = [job.source, ...job.destinations].flatMap((host) => ["--host", `reg=${host},tls=disabled`]);
    return eachTag(job, (from, to) => ["regctl", ...hosts, "image", "copy", from, to]);
  },
};
