import { join } from "node:path";
import { singleImage, type Tool } from "./tool.ts";

const COMMAND = join(import.meta.dirname, "../../bin/slipway");

/** This checkout. */
export const slipway: Tool = {
  name: "slipway",
  executable: COMMAND,
  version: ["--version"],
  work: (job) => {
    const single = singleImage(job);
    if (single !== undefined) {
      const places = [job.source, ...job.destinations].map((host) => `${host}/${single.repository}:${single.tag}`);
      return { commands: [[COMMAND, "copy", ...places]] };
    }
    const mirrors = [...job.repositories.keys()].map((repository) => ({
      from: `${job.source}/${repository}`,
      to: job.destinations.map((host) => `${host}/${repository}`),
    }));
    const file = "slipway.yaml"; // JSON is YAML, too
    return {
      commands: [[COMMAND, "sync", "--config", file]],
      files: { [file]: JSON.stringify({ version: 1, mirrors }) },
    };
  },
};
