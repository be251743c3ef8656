import { posix } from "node:path";
import { eachRepository, eachTag, singleImage, type Tool } from "./tool.ts";

/** https://github.com/containers/skopeo */
export const skopeo: Tool = {
  name: "skopeo",
  executable: "skopeo",
  version: ["--version"],
  work: (job) => {
    const folder = job.authority?.certDir;
    const trust =
      folder === undefined
        ? ["--src-tls-verify=false", "--dest-tls-verify=false"]
        : ["--src-cert-dir", folder, "--dest-cert-dir", folder];
    if (singleImage(job) !== undefined)
      return eachTag(job, (from, to) => ["skopeo", "copy", "--all", ...trust, `docker://${from}`, `docker://${to}`]);
    return eachRepository(job, (from, destination, repository) => {
      // it keeps the last part of the repository's name
      const to = posix.join(destination, posix.dirname(repository));
      return ["skopeo", "sync", "--all", "--src", "docker", "--dest", "docker", ...trust, from, to];
    });
  },
};
