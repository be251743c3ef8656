import * as z from "zod";
import { parseReference } from "../../../oci/reference.ts";
import { SlipwayError } from "../../../words/error.ts";
import { Misread, type Pushed } from "../pushed.ts";
import { read } from "../read.ts";

const schema = z
  .object({ repository: z.string(), tag: z.string().optional(), tags: z.array(z.string()).optional() })
  .refine(({ tag, tags }) => (tag === undefined) !== (tags === undefined), "expected either tag or tags");

/**
 * What anybody's script can send: `{ "repository": "registry.example.com/team/app", "tag": "1.2" }`, or `"tags": […]`.
 * `id` is that of its header, which is signed with it.
 */
export function readGeneric(body: unknown, id: string): readonly Pushed[] {
  const { repository: written, tag, tags = tag === undefined ? [] : [tag] } = read(body, schema);
  const { registry: host, repository } = referenceOf(written);
  return tags.map((each) => ({ registry: { kind: "named", host }, repository, tag: each, id }));
}

function referenceOf(written: string) {
  try {
    return parseReference(written);
  } catch (thrown) {
    if (thrown instanceof SlipwayError) throw new Misread(`repository: ${thrown.message}`);
    throw thrown;
  }
}
