import { basename } from "node:path";
import { Document, isNode } from "yaml";
import { formatPlace } from "../reading/place.ts";
import type { Draft, DraftMirror } from "./draft.ts";

/** What an import gives: the text of a `slipway.yaml`; what it could not carry over is in the notices. */
export function writeDraft(draft: Draft, importedFrom: readonly string[]): string {
  const document = new Document({
    version: 1,
    ...(draft.registries.size > 0 && { registries: draft.registries }),
    mirrors: draft.mirrors.map(written),
    ...(draft.hosts.size > 0 && { hosts: draft.hosts }),
  });
  const files = importedFrom.map((file) => basename(file)).join(", ");
  document.commentBefore = ` Imported from ${files}; \`slipway plan sync\` shows what it will copy.`;
  for (const [index, mirror] of draft.mirrors.entries()) {
    const item = document.getIn(["mirrors", index], true);
    const { file, ...rest } = mirror.place;
    if (isNode(item)) item.commentBefore = ` ${formatPlace({ file: basename(file), ...rest })}`;
  }
  return document.toString({ lineWidth: 0 });
}

/** In the order that people write it. */
function written({ from, to, tags, platforms, referrers }: DraftMirror): Omit<DraftMirror, "place"> {
  return {
    from,
    to,
    ...(tags !== undefined && { tags }),
    ...(platforms !== undefined && { platforms }),
    ...(referrers !== undefined && { referrers }),
  };
}
