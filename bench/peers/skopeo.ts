import { posix } from "node:path";
import { eachRepository, eachTag, singleImage, type Tool } from "./tool.ts";

const PLAIN = ["--src-tls-verify=false", "--dest-tls-verify=false"];

/** https://github.com/containers/skopeo */
export const skopeo: Tool = {
  name: "skopeo",
  executable: "skopeo",
  version: ["--version"],
  work: (job) =>
    singleImage(job) !== undefined
      ? eachTag(job, (from, to) => ["skopeo", "copy", "--all", ...PLAIN, `docker://${from}`, `docker://${to}`])
      : eachRepository(job, (from, destination, repository) => {
          // it keeps the last part of the repository's name
          const to = posix.join(destination, posix.dirname(repository));
          return ["skopeo", "sync", "--all", "--src", "docker", "--dest", "docker", ...PLAIN, from, to];
        }),
};
