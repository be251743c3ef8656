import { eachRepository, eachTag, type Job, singleImage, type Tool, trusting, type Work } from "./tool.ts";

const base = { executable: "crane", version: ["version"] };

/** https://github.com/google/go-containerregistry/tree/main/cmd/crane */
export const crane: Tool = {
  ...base,
  name: "crane",
  work: (job) =>
    singleImage(job) === undefined
      ? allTags(job, [])
      : { ...eachTag(job, (from, to) => ["crane", "copy", ...plain(job), from, to]), ...trusting(job) },
};

/** With sixteen tags at a time instead of one a processor; for one repository with many. */
export const crane16: Tool = {
  ...base,
  name: "crane -j 16",
  work: (job) =>
    singleImage(job) === undefined && job.repositories.size === 1 ? allTags(job, ["--jobs", "16"]) : undefined,
};

function allTags(job: Job, options: readonly string[]): Work {
  const copies = eachRepository(job, (from, destination, repository) => [
    ...["crane", "copy", ...plain(job), "--all-tags", ...options],
    ...[from, `${destination}/${repository}`],
  ]);
  return { ...copies, ...trusting(job) };
}

function plain({ authority }: Job): readonly string[] {
  return authority === undefined ? ["--insecure"] : [];
}
