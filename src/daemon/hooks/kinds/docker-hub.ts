import * as z from "zod";
import type { Pushed } from "../pushed.ts";
import { read } from "../read.ts";

const schema = z.object({
  push_data: z.object({ tag: z.string() }),
  repository: z.object({ repo_name: z.string() }),
});

/**
 * A push to Docker Hub. Its `callback_url` is never called: anybody could have it lead anywhere, and nobody waits for it.
 * https://docs.docker.com/docker-hub/repos/manage/webhooks/#example-webhook-payload
 */
export function readDockerHub(body: unknown): readonly Pushed[] {
  const { push_data: push, repository } = read(body, schema);
  const name = repository.repo_name.toLowerCase();
  const path = name.includes("/") ? name : `library/${name}`;
  return [{ registry: { kind: "named", host: "docker.io" }, repository: path, tag: push.tag }];
}
