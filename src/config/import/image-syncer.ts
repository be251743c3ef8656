import { formatReference, repositoryOf } from "../../oci/reference.ts";
import { failure } from "../../words/error.ts";
import { parsePrefix } from "../credentials.ts";
import { expandVariables } from "../image-syncer/expand.ts";
import { readImages } from "../image-syncer/images.ts";
import type { Reading } from "../image-syncer/reading.ts";
import type { MirrorRule, RuleDestination } from "../mirror-rule.ts";
import { notice } from "../notice.ts";
import { formatPlace } from "../reading/place.ts";
import { Problems } from "../reading/problems.ts";
import { readTree } from "../reading/read-tree.ts";
import type { Source } from "../reading/source.ts";
import { type Entry, entriesOf, entryOf, type Tree, textOf } from "../reading/tree.ts";
import { refusalReason } from "../refusal.ts";
import { Draft, type DraftMirror, type Imported } from "./draft.ts";
import { formatOfTree } from "./format.ts";
import type { ImportedConfig } from "./imported.ts";
import { tellLeftOut } from "./left-out.ts";
import { checkedPattern } from "./tags.ts";
import { writeDraft } from "./write-draft.ts";

/**
 * Reads files of image-syncer, in any order: `auth`, `images`, or both in one.
 * @throws CONFIG_FORMAT_UNKNOWN, and CONFIG_* for what the files themselves have wrong
 */
export function importImageSyncer(sources: readonly [Source, ...Source[]]): ImportedConfig {
  const [first] = sources;
  const draft = new Draft();
  const reading: Reading = { environment: {}, problems: new Problems(first.file), notices: draft.notices };
  for (const source of sources) {
    const { auth, images } = partsOf(source);
    for (const entry of entriesOf(auth)) importAuth(entry, draft);
    if (images !== undefined) for (const rule of readImages(images, reading)) draft.mirrors.push(mirrorOf(rule));
  }
  reading.problems.throwIfAny();
  return {
    yaml: writeDraft(
      draft,
      sources.map(({ file }) => file),
    ),
    notices: draft.notices,
  };
}

function partsOf(source: Source): { readonly auth?: Tree | undefined; readonly images?: Tree | undefined } {
  const tree = readTree(source, { expected: "`auth` or `images` of image-syncer", duplicateKeys: true });
  switch (formatOfTree(tree)) {
    case "image-syncer-auth":
      return { auth: tree };
    case "image-syncer-images":
      return { images: tree };
    case "image-syncer-config":
      return { auth: entryOf(tree, "auth")?.value, images: entryOf(tree, "images")?.value };
    default:
      throw failure("CONFIG_FORMAT_UNKNOWN", { file: source.file });
  }
}

function importAuth(entry: Entry, draft: Draft): void {
  tellLeftOut(entriesOf(entry.value), ["username", "password", "insecure"], draft);
  let prefix: string;
  try {
    prefix = parsePrefix(entry.key);
  } catch (cause) {
    const facts = { where: formatPlace(entry.place), reason: refusalReason(cause) };
    draft.notices.push(notice("notice.entry-refused", facts));
    return;
  }
  const username = importedIn(entry, "username");
  const password = importedIn(entry, "password");
  if (username.text !== "" || password.text !== "") draft.addCredential(entry.place, prefix, username, password);
  if (textOf(entryOf(entry.value, "insecure")?.value) === "true") {
    draft.addHost(prefix.split("/", 1).join(), { insecure: true });
  }
}

/** A value that is a variable and nothing else stays one; `$name` in lower case is a user name such as $oauthtoken. */
function importedIn(entry: Entry, key: string): Imported {
  const text = textOf(entryOf(entry.value, key)?.value) ?? "";
  const match = /^\$(?:\{([A-Za-z_][A-Za-z0-9_]*)\}|([A-Z_][A-Z0-9_]*))$/.exec(text);
  const name = match?.[1] ?? match?.[2];
  if (name !== undefined) return { kind: "variable", text: `\${${name}}` };
  return { kind: "literal", text: expandVariables(text, {}).text };
}

function mirrorOf(rule: MirrorRule): DraftMirror {
  const { images } = rule;
  const to = rule.destinations.map(destinationOf);
  const [only] = to;
  const source = repositoryOf(rule.source);
  const common = { place: rule.place, to: to.length === 1 && only !== undefined ? only : to };
  if (images.kind === "digest") return { ...common, from: formatReference({ ...rule.source, digest: images.digest }) };
  if (images.kind === "tags") return { ...common, from: `${source}:${images.tags.join(",")}` };
  const { match = [] } = images.selection;
  return { ...common, from: source, ...(match.length > 0 && { tags: { match: match.map(checkedPattern) } }) };
}

function destinationOf({ repository, tags }: RuleDestination): string {
  return repositoryOf(repository) + (tags === undefined ? "" : `:${tags.join(",")}`);
}
