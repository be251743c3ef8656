import { builtCommand } from "../../scripts/support/built-command.ts";
import { singleImage, type Tool } from "./tool.ts";

const COMMAND = await builtCommand();
/** Beside the files of the run: nothing is left over from the run before. */
const CACHE = ["--cache-dir", "cache"];
const FILE = "slipway.yaml"; // JSON is YAML, too

/** What this checkout is as a package. */
export const slipway: Tool = {
  name: "slipway",
  executable: COMMAND,
  version: ["--version"],
  work: (job) => {
    const all = [job.source, ...job.destinations];
    const ca = job.authority?.caFile;
    const hosts = ca === undefined ? {} : { hosts: Object.fromEntries(all.map((host) => [host, { ca }])) };
    const single = singleImage(job);
    if (single !== undefined) {
      const places = all.map((host) => `${host}/${single.repository}:${single.tag}`);
      return {
        commands: [[COMMAND, "copy", "--config", FILE, ...CACHE, ...places]],
        files: { [FILE]: JSON.stringify({ version: 1, ...hosts }) },
      };
    }
    const mirrors = [...job.repositories.keys()].map((repository) => ({
      from: `${job.source}/${repository}`,
      to: job.destinations.map((host) => `${host}/${repository}`),
    }));
    return {
      commands: [[COMMAND, "sync", "--config", FILE, ...CACHE]],
      files: { [FILE]: JSON.stringify({ version: 1, mirrors, ...hosts }) },
    };
  },
};
