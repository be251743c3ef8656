import { parsePrefix } from "../credentials.ts";
import { notice } from "../notice.ts";
import { formatPlace } from "../reading/place.ts";
import { entriesOf, entryOf, type Tree, textOf } from "../reading/tree.ts";
import { refusalReason } from "../refusal.ts";
import { type Draft, type DraftHost, type Imported, writtenText } from "./draft.ts";
import { tellLeftOut } from "./left-out.ts";
import { readGoTemplate } from "./regsync-template.ts";

const NUMBERS: Readonly<Record<string, string>> = {
  reqPerSec: "rate",
  reqConcurrent: "concurrency",
  blobChunk: "chunkSize",
};
const KNOWN: readonly string[] = ["registry", "user", "pass", "tls", "regcert", ...Object.keys(NUMBERS)];

/** One of `creds:`: what becomes a credential, and what a setting of the host. */
export function importCredential(item: Tree, draft: Draft): void {
  tellLeftOut(entriesOf(item), KNOWN, draft);
  const where = formatPlace(item.place);
  const registry = templateIn(item, "registry", draft);
  if (registry === undefined) {
    draft.notices.push(notice("notice.entry-refused", { where, reason: "it names no registry" }));
    return;
  }
  const prefix = registry.kind === "variable" ? registry.text : prefixOf(item, registry.text, draft);
  if (prefix === undefined) return;
  const user = templateIn(item, "user", draft);
  const password = templateIn(item, "pass", draft);
  if (user !== undefined || password !== undefined) {
    draft.addCredential(item.place, prefix, user ?? NOTHING, withoutSecrets(password ?? NOTHING));
  }
  const host = hostSettings(item, draft);
  if (registry.kind === "literal") draft.addHost(prefix, host);
  else if (Object.keys(host).length > 0) {
    const reason = "the name of a host cannot be a variable";
    draft.notices.push(notice("notice.value-refused", { where, key: Object.keys(host).join(", "), reason }));
  }
}

const NOTHING: Imported = { kind: "literal", text: "" };

/** A password of a variable and more holds a part of the secret: all of it goes. */
function withoutSecrets(password: Imported): Imported {
  return /^(?:\$\{\w+\})+$/.test(password.text) ? password : { kind: "literal", text: password.text };
}

function templateIn(item: Tree, key: string, draft: Draft): Imported | undefined {
  const value = entryOf(item, key)?.value;
  const text = textOf(value);
  if (value === undefined || text === undefined) return undefined;
  const template = readGoTemplate(text);
  if (template.kind !== "refused") return template;
  const facts = { where: formatPlace(value.place), key, name: template.name };
  draft.notices.push(notice("notice.template-refused", facts));
  return undefined;
}

function prefixOf(item: Tree, registry: string, draft: Draft): string | undefined {
  try {
    return parsePrefix(registry);
  } catch (cause) {
    const facts = { where: formatPlace(item.place), reason: refusalReason(cause) };
    draft.notices.push(notice("notice.entry-refused", facts));
    return undefined;
  }
}

function hostSettings(item: Tree, draft: Draft): DraftHost {
  const settings: Record<string, string | number | boolean> = {};
  const refuse = (key: string, reason: string) => {
    const where = formatPlace(entryOf(item, key)?.place ?? item.place);
    draft.notices.push(notice("notice.value-refused", { where, key, reason }));
  };
  const tls = textOf(entryOf(item, "tls")?.value);
  if (tls === "insecure") settings.insecure = true;
  else if (tls === "disabled") settings.tls = false;
  else if (tls !== undefined && tls !== "enabled") refuse("tls", "expected enabled, insecure or disabled");
  const authority = templateIn(item, "regcert", draft);
  if (authority !== undefined) settings.ca = writtenText(authority);
  for (const [theirs, ours] of Object.entries(NUMBERS)) {
    const text = textOf(entryOf(item, theirs)?.value);
    if (text === undefined) continue;
    const number = Number(text);
    if (number > 0 && Number.isFinite(number)) settings[ours] = number;
    else refuse(theirs, "expected a number above 0");
  }
  return settings;
}
