import { z } from "zod";

const Entry = z.object({
  auth: z.string().nullish(),
  username: z.string().nullish(),
  password: z.string().nullish(),
  identitytoken: z.string().nullish(),
  registrytoken: z.string().nullish(),
});

/** What is read of a file in Docker's form. https://docs.docker.com/reference/cli/docker/login/#credential-stores */
export const DockerConfig = z.object({
  auths: z.record(z.string(), Entry.nullish()).nullish(),
  credsStore: z.string().nullish(),
  credHelpers: z.record(z.string(), z.string()).nullish(),
});

export type DockerConfig = z.infer<typeof DockerConfig>;
export type DockerConfigEntry = z.infer<typeof Entry>;
