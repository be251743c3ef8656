import type { Digest } from "../oci/digest.ts";
import { isIndexType } from "../oci/media-types.ts";
import type { PrunableTarget } from "../target/target.ts";
import { asFailure, failure } from "../words/error.ts";
import { Inventory } from "./inventory.ts";
import type { Ending } from "./outcome.ts";
import type { Removal } from "./plan.ts";

/** Names of what needs a manifest that an error says: the first are enough to understand it. */
const MOST_NAMES = 3;

/**
 * For places that delete no tags. Deleting a manifest takes all of its tags, so one goes only where each of its tags is
 * to go, and where no index that stays is made of it.
 * @param untagged what has to stay, too, though it has no tag
 */
export async function removeByDigest(
  target: PrunableTarget,
  removals: readonly Removal[],
  untagged: ReadonlySet<Digest>,
  end: (removal: Removal, ending: Ending) => void,
): Promise<void> {
  let inventory: Inventory;
  try {
    inventory = await Inventory.of(target, untagged);
  } catch (thrown) {
    const error = asFailure(thrown).on("destination");
    for (const removal of removals) end(removal, { status: "failed", error, digest: removal.digest });
    return;
  }
  const going = removals.filter(({ tag, digest }) => inventory.get(tag)?.digest === digest);
  for (const removal of removals) if (!going.includes(removal)) end(removal, { status: "skipped", reason: "moved" });
  // indexes before what they are made of
  const isIndex = ({ tag }: Removal) => isIndexType(inventory.get(tag)?.mediaType ?? "");
  const inOrder = [...going.filter(isIndex), ...going.filter((removal) => !isIndex(removal))];
  for (const [digest, group] of Map.groupBy(inOrder, (removal) => removal.digest)) {
    const ending = await removeManifest(target, inventory, digest, new Set(group.map(({ tag }) => tag)));
    for (const removal of group) end(removal, ending);
  }
}

async function removeManifest(
  target: PrunableTarget,
  inventory: Inventory,
  digest: Digest,
  tags: ReadonlySet<string>,
): Promise<Ending> {
  try {
    const needed = await inventory.neededBy(digest, tags);
    if (needed.length > 0) {
      const others = needed.slice(0, MOST_NAMES).join(", ") + (needed.length > MOST_NAMES ? ", …" : "");
      throw failure("DELETE_UNSAFE", { target: target.name, digest, others });
    }
    await target.remove(digest);
    inventory.forget(digest);
    return { status: "removed", digest };
  } catch (thrown) {
    return { status: "failed", error: asFailure(thrown).on("destination"), digest };
  }
}
