import { posix } from "node:path";
import { isDigest } from "../../oci/digest.ts";
import { parseReference, repositoryOf } from "../../oci/reference.ts";
import { parsePrefix } from "../credentials.ts";
import { notice } from "../notice.ts";
import { formatPlace } from "../reading/place.ts";
import { readTree } from "../reading/read-tree.ts";
import type { Source } from "../reading/source.ts";
import { type Entry, entriesOf, entryOf, itemsOf, textOf } from "../reading/tree.ts";
import { refusalReason } from "../refusal.ts";
import { Draft, type DraftMirror } from "./draft.ts";
import type { ImportedConfig } from "./imported.ts";
import { tellLeftOut } from "./left-out.ts";
import { checkedPattern, checkedRange } from "./tags.ts";
import { writeDraft } from "./write-draft.ts";

export interface SkopeoOptions {
  /** What the command line of `skopeo sync` names: `registry.example.com/mirror`. */
  readonly destination: string;
  /** `--scoped`: the whole name of the source goes under the destination, not its last part alone. */
  readonly scoped?: boolean;
}

const KNOWN: readonly string[] = ["images", "images-by-tag-regex", "images-by-semver", "credentials", "tls-verify"];

/**
 * Reads the YAML of `skopeo sync --src yaml`.
 * https://github.com/containers/skopeo/blob/v1.20.0/docs/skopeo-sync.1.md#yaml-file-content-used-source-for---src-yaml
 * @throws CONFIG_EMPTY, CONFIG_SYNTAX, CONFIG_KEY_DUPLICATE
 */
export function importSkopeo(source: Source, options: SkopeoOptions): ImportedConfig {
  const tree = readTree(source, { expected: "registries with `images`" });
  const draft = new Draft();
  for (const registry of entriesOf(tree)) {
    tellLeftOut(entriesOf(registry.value), KNOWN, draft);
    importImages(registry, options, draft);
    importAccess(registry, draft);
  }
  return { yaml: writeDraft(draft, [source.file]), notices: draft.notices };
}

/** What a mirror says besides where from and where to. */
interface Wanted {
  readonly suffix?: string;
  readonly tags?: DraftMirror["tags"];
}

function importImages(registry: Entry, options: SkopeoOptions, draft: Draft): void {
  const part = (key: string) => entriesOf(entryOf(registry.value, key)?.value);
  const add = (repository: Entry, wanted: () => Wanted) => {
    try {
      draft.mirrors.push(mirrorOf(registry, repository, options, wanted()));
    } catch (cause) {
      const facts = { where: formatPlace(repository.place), reason: refusalReason(cause) };
      draft.notices.push(notice("notice.entry-refused", facts));
    }
  };
  for (const repository of part("images")) {
    const named = itemsOf(repository.value).map((item) => textOf(item) ?? "");
    const tags = named.filter((name) => !isDigest(name));
    if (named.length === 0) add(repository, () => ({}));
    if (tags.length > 0) add(repository, () => ({ tags: { include: tags.map(checkedPattern) } }));
    for (const digest of named.filter(isDigest)) add(repository, () => ({ suffix: `@${digest}` }));
  }
  for (const repository of part("images-by-tag-regex")) {
    add(repository, () => ({ tags: { match: [checkedPattern(`/${textOf(repository.value) ?? ""}/`)] } }));
  }
  for (const repository of part("images-by-semver")) {
    add(repository, () => ({ tags: { semver: checkedRange(textOf(repository.value) ?? "") } }));
  }
}

/** @throws Refusal, REFERENCE_INVALID when a name is none */
function mirrorOf(registry: Entry, repository: Entry, options: SkopeoOptions, wanted: Wanted): DraftMirror {
  const name = repositoryOf(parseReference(`${registry.key}/${repository.key}`));
  const below = options.scoped === true ? name : posix.basename(name);
  const { suffix = "", tags } = wanted;
  return {
    place: repository.place,
    from: name + suffix,
    to: repositoryOf(parseReference(`${options.destination.replace(/\/$/, "")}/${below}`)),
    ...(tags !== undefined && { tags }),
    referrers: false,
  };
}

function importAccess(registry: Entry, draft: Draft): void {
  const { place, key } = registry;
  let host: string;
  try {
    host = parsePrefix(key);
  } catch (cause) {
    draft.notices.push(notice("notice.entry-refused", { where: formatPlace(place), reason: refusalReason(cause) }));
    return;
  }
  const credentials = entryOf(registry.value, "credentials");
  const field = (name: string) => textOf(entryOf(credentials?.value, name)?.value) ?? "";
  if (credentials !== undefined) {
    const [username, password] = [field("username"), field("password")];
    draft.addCredential(
      credentials.place,
      host,
      { kind: "literal", text: username },
      { kind: "literal", text: password },
    );
  }
  if (textOf(entryOf(registry.value, "tls-verify")?.value) === "false") draft.addHost(host, { insecure: true });
}
