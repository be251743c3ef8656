import * as z from "zod";
import type { Pushed } from "../pushed.ts";
import { read } from "../read.ts";

const schema = z.object({
  push_data: z.object({ tag: z.string() }),
  repository: z.object({ repo_full_name: z.string(), region: z.string() }),
});

/**
 * A push to Alibaba Cloud's Container Registry.
 * https://www.alibabacloud.com/help/en/acr/user-guide/manage-triggers
 */
export function readAliyun(body: unknown): readonly Pushed[] {
  const { push_data: push, repository } = read(body, schema);
  const region = repository.region.toLowerCase();
  return [{ registry: { kind: "region", region }, repository: repository.repo_full_name.toLowerCase(), tag: push.tag }];
}
