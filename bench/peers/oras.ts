import { eachTag, type Tool } from "./tool.ts";

/** It copies one tag a process; more of them than this are no use that anybody makes of it. */
const MOST_TAGS = 500;

/** https://github.com/oras-project/oras */
export const oras: Tool = {
  name: "oras",
  executable: "oras",
  version: ["version"],
  work: (job) => {
    const tags = [...job.repositories.values()].flat();
    if (tags.length > MOST_TAGS) return undefined;
    const file = job.authority?.caFile;
    const trust =
      file === undefined ? ["--from-plain-http", "--to-plain-http"] : ["--from-ca-file", file, "--to-ca-file", file];
    return eachTag(job, (from, to) => ["oras", "cp", "-r", "--no-tty", ...trust, from, to]);
  },
};
