import { type Tool, trusting } from "./tool.ts";

/** https://github.com/AliyunContainerService/image-syncer */
export const imageSyncer: Tool = {
  name: "image-syncer",
  executable: "image-syncer",
  version: ["--version"],
  work: (job) => {
    const hosts = [job.source, ...job.destinations];
    const auth = hosts.map((host) => [host, { username: "", password: "", insecure: job.authority === undefined }]);
    const images = [...job.repositories].map(([repository, tags]) => [
      `${job.source}/${repository}:${tags.join(",")}`,
      job.destinations.map((host) => `${host}/${repository}`),
    ]);
    return {
      commands: [["image-syncer", "--auth", "auth.json", "--images", "images.json"]],
      files: {
        "auth.json": JSON.stringify(Object.fromEntries(auth)),
        "images.json": JSON.stringify(Object.fromEntries(images)),
      },
      ...trusting(job),
    };
  },
};
