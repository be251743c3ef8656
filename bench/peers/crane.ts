import { eachRepository, eachTag, type Job, singleImage, type Tool, type Work } from "./tool.ts";

const base = { executable: "crane", version: ["version"] };

/** https://github.com/google/go-containerregistry/tree/main/cmd/crane */
export const crane: Tool = {
  ...base,
  name: "crane",
  work: (job) =>
    singleImage(job) === undefined
      ? allTags(job, [])
      : eachTag(job, (from, to) => ["crane", "copy", "--insecure", from, to]),
};

/** With sixteen tags at a time instead of one a processor; for one repository with many. */
export const crane16: Tool = {
  ...base,
  name: "crane -j 16",
  work: (job) =>
    singleImage(job) === undefined && job.repositories.size === 1 ? allTags(job, ["--jobs", "16"]) : undefined,
};

function allTags(job: Job, options: readonly string[]): Work {
  return eachRepository(job, (from, destination, repository) => [
    ...["crane", "copy", "--insecure", "--all-tags", ...options],
    ...[from, `${destination}/${repository}`],
  ]);
}
