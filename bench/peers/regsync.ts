import { singleImage, type Tool, trusting } from "./tool.ts";

const FILE = "regsync.yml";

/** https://github.com/regclient/regclient; for repositories. One image is for its sibling regctl. */
export const regsync: Tool = {
  name: "regsync",
  executable: "regsync",
  version: ["version"],
  work: (job) => {
    if (singleImage(job) !== undefined) return undefined;
    const tls = job.authority === undefined ? "disabled" : "enabled";
    const creds = [job.source, ...job.destinations].map((registry) => ({ registry, tls }));
    const sync = job.destinations.flatMap((destination) =>
      [...job.repositories.keys()].map((repository) => ({
        source: `${job.source}/${repository}`,
        target: `${destination}/${repository}`,
        type: "repository",
      })),
    );
    return {
      commands: [["regsync", "once", "--config", FILE]],
      files: { [FILE]: JSON.stringify({ version: 1, creds, sync }) },
      ...trusting(job),
    };
  },
};
