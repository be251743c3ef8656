import { failure } from "../../words/error.ts";
import { type CredentialEntry, parsePrefix } from "../credentials.ts";
import { notice } from "../notice.ts";
import { formatPlace } from "../reading/place.ts";
import { type Entry, entryOf, repeatedEntries, type Tree } from "../reading/tree.ts";
import { refusalReason } from "../refusal.ts";
import type { HostSettings } from "../schema/sections.ts";
import { expandVariables } from "./expand.ts";
import { expectMapping, type Reading, refuse } from "./reading.ts";

/** What image-syncer's `auth` says. */
export interface Auth {
  readonly credentials: readonly CredentialEntry[];
  readonly hosts: ReadonlyMap<string, HostSettings>;
}

const FIELDS: readonly string[] = ["username", "password", "insecure"];

/**
 * Reads `{ <registry> | <registry/namespace>: { username, password, insecure } }`.
 * https://github.com/AliyunContainerService/image-syncer/blob/v1.5.5/README.md
 */
export function readAuth(tree: Tree, reading: Reading): Auth {
  const credentials: CredentialEntry[] = [];
  const hosts = new Map<string, HostSettings>();
  const entries = expectMapping(tree, "auth", "registries with user names and passwords", reading);
  for (const { entry, first } of repeatedEntries(entries)) {
    reading.notices.push(notice("notice.last-key-counts", { where: formatPlace(entry.place), key: entry.key, first }));
  }
  for (const entry of entries.filter((one) => entryOf(tree, one.key) === one)) {
    const prefix = prefixOf(entry, reading);
    const credential = readCredential(entry, reading);
    if (prefix === undefined) continue;
    const { username, password, insecure } = credential;
    if (insecure) hosts.set(hostOf(prefix), { insecure });
    if (username === "" && password === "") {
      reading.notices.push(notice("notice.docker-configuration", { where: formatPlace(entry.place), prefix }));
    } else {
      credentials.push({ prefix, username, password, origin: `${entry.place.file}:${entry.place.line}` });
    }
  }
  return { credentials, hosts };
}

function hostOf(prefix: string): string {
  const slash = prefix.indexOf("/");
  return slash < 0 ? prefix : prefix.slice(0, slash);
}

function prefixOf(entry: Entry, reading: Reading): string | undefined {
  try {
    return parsePrefix(entry.key);
  } catch (cause) {
    refuse(entry, entry.key, refusalReason(cause), reading);
    return undefined;
  }
}

function readCredential(entry: Entry, reading: Reading) {
  for (const field of expectMapping(entry.value, entry.key, "username and password", reading)) {
    if (FIELDS.includes(field.key)) continue;
    reading.notices.push(notice("notice.key-ignored", { where: formatPlace(field.place), key: field.key }));
  }
  const insecure = textOf(entry, "insecure", reading);
  if (!["true", "false", ""].includes(insecure)) {
    refuse(entryOf(entry.value, "insecure") ?? entry, "insecure", "expected true or false", reading);
  }
  return {
    username: textOf(entry, "username", reading),
    password: textOf(entry, "password", reading),
    insecure: insecure === "true",
  };
}

/** A field's text with variables put in; empty where it is left out. */
function textOf(entry: Entry, key: string, reading: Reading): string {
  const value = entryOf(entry.value, key)?.value;
  if (value === undefined) return "";
  const where = formatPlace(value.place);
  if (value.kind !== "scalar") {
    reading.problems.add(failure("CONFIG_VALUE_INVALID", { where, key, reason: "expected text" }));
    return "";
  }
  const { text, unset } = expandVariables(value.text ?? "", reading.environment);
  for (const name of unset) reading.notices.push(notice("notice.variable-unset", { where, name }));
  return text;
}
