import { parsePlatform } from "../../oci/platform.ts";
import { formatReference, isTag, parseReference, repositoryOf } from "../../oci/reference.ts";
import { notice } from "../notice.ts";
import { formatPlace } from "../reading/place.ts";
import { entriesOf, entryOf, itemsOf, type Tree, textOf } from "../reading/tree.ts";
import { Refusal, refusalReason } from "../refusal.ts";
import type { Draft, DraftMirror } from "./draft.ts";
import { tellLeftOut } from "./left-out.ts";
import { readGoTemplate } from "./regsync-template.ts";
import { checkedPattern, checkedRange } from "./tags.ts";

const KNOWN: readonly string[] = [
  "source",
  "target",
  "type",
  "tags",
  "tagSets",
  "platform",
  "platforms",
  "referrers",
  "digestTags",
];

/** One of `sync:`. */
export function importSync(item: Tree, defaults: Tree | undefined, draft: Draft): void {
  const where = formatPlace(item.place);
  const type = textOf(entryOf(item, "type")?.value) ?? "";
  if (type === "registry") {
    const source = textOf(entryOf(item, "source")?.value) ?? "";
    draft.notices.push(notice("notice.catalog-needed", { where, source }));
    return;
  }
  try {
    draft.mirrors.push(...mirrorsOf(item, type, defaults));
  } catch (cause) {
    if (cause instanceof TemplateRefused) {
      draft.notices.push(notice("notice.template-refused", { where, key: cause.key, name: cause.functionName }));
    } else {
      draft.notices.push(notice("notice.entry-refused", { where, reason: refusalReason(cause) }));
    }
    return;
  }
  tellLeftOut(entriesOf(item), KNOWN, draft);
  const platform = textOf(entryOf(item, "platform")?.value);
  if (platform !== undefined) draft.notices.push(notice("notice.index-kept", { where, platform }));
}

/** A mirror for each set of tags: several sets mean the tags of all of them. */
function mirrorsOf(item: Tree, type: string, defaults: Tree | undefined): readonly DraftMirror[] {
  if (type !== "repository" && type !== "image") throw new Refusal(`the type "${type}" is not known`);
  const platforms = [...itemsOf(entryOf(item, "platform")?.value), ...itemsOf(entryOf(item, "platforms")?.value)]
    .map((platform) => textOf(platform))
    .filter((platform) => platform !== undefined);
  for (const platform of platforms) parsePlatform(platform);
  const mirror: DraftMirror = {
    place: item.place,
    from: imageIn(item, "source", type),
    to: imageIn(item, "target", type),
    ...(platforms.length > 0 && { platforms }),
    referrers: isOn(item, defaults, "referrers") || isOn(item, defaults, "digestTags"),
  };
  if (type === "image") return [mirror];
  const sets = [...itemsOf(entryOf(item, "tagSets")?.value), ...itemsOf(entryOf(item, "tags")?.value)]
    .map(tagsOf)
    .filter((tags) => Object.keys(tags).length > 0);
  return sets.length === 0 ? [mirror] : sets.map((tags) => ({ ...mirror, tags }));
}

/** A reference, written out as regsync reads it: an image without tag is `latest`. */
function imageIn(item: Tree, key: string, type: "repository" | "image"): string {
  const text = textOf(entryOf(item, key)?.value);
  if (text === undefined) throw new Refusal(`${key} is missing`);
  const template = readGoTemplate(text);
  if (template.kind === "refused") throw new TemplateRefused(key, template.name);
  if (template.kind === "variable") return visiblyTagged(template.text, key, type);
  const reference = parseReference(template.text);
  if (type === "repository") return repositoryOf(reference);
  const { tag, digest } = reference;
  return formatReference(tag === undefined && digest === undefined ? { ...reference, tag: "latest" } : reference);
}

function visiblyTagged(written: string, key: string, type: "repository" | "image"): string {
  const last = written.slice(written.lastIndexOf("/") + 1);
  if (type === "repository" || /[:@]/.test(last)) return written;
  if (last.includes("$")) throw new Refusal(`the tag of ${key} cannot be seen: it is in a variable`);
  return `${written}:latest`;
}

class TemplateRefused extends Error {
  override readonly name = "TemplateRefused";
  readonly key: string;
  readonly functionName: string;

  constructor(key: string, functionName: string) {
    super(`${key} uses ${functionName}`);
    this.key = key;
    this.functionName = functionName;
  }
}

/** regsync's order is ours: the range, then what is allowed, then what is denied. */
function tagsOf(set: Tree): Readonly<Record<string, string | readonly string[]>> {
  const texts = (key: string) => itemsOf(entryOf(set, key)?.value).map((item) => textOf(item) ?? "");
  const [ranges, allow, deny] = [texts("semverRange"), texts("allow"), texts("deny")];
  return {
    ...(ranges.length > 0 && { semver: checkedRange(ranges.join(" || ")) }),
    ...(allow.length > 0 && { match: allow.map(wholeExpression) }),
    ...(deny.length > 0 && { exclude: deny.map(wholeExpression) }),
  };
}

/** regsync's expressions stand between ^ and $. Plain tags stay readable: a dot in them is meant as a dot. */
function wholeExpression(expression: string): string {
  return checkedPattern(isTag(expression) ? expression : `/^${expression}$/`);
}

function isOn(item: Tree, defaults: Tree | undefined, key: string): boolean {
  return (textOf(entryOf(item, key)?.value) ?? textOf(entryOf(defaults, key)?.value)) === "true";
}
