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
    return eachTag(job, (from, to) => [
      "oras",
      "cp",
      "-r",
      "--no-tty",
      "--from-plain-http",
      "--to-plain-http",
      from,
      to,
    ]);
  },
};
