import { failure } from "../../words/error.ts";
import { parsePrefix } from "../credentials.ts";
import { formatPlace } from "../reading/place.ts";
import type { Problems } from "../reading/problems.ts";
import { type Entry, entryOf } from "../reading/tree.ts";
import { Refusal, refusalReason } from "../refusal.ts";
import { type HostSettings, hostSchema } from "../schema/sections.ts";
import { validate } from "../schema/validate.ts";
import type { Lookup } from "../variables/lookup.ts";

/** Reads one entry of `hosts:`, and the files that it names. */
export function readHost(
  entry: Entry,
  lookup: Lookup,
  problems: Problems,
): readonly [string, HostSettings] | undefined {
  const host = hostOf(entry, problems);
  const written = validate(hostSchema, entry.value, problems);
  if (host === undefined || written === undefined) return undefined;
  const settings = { ...written };
  for (const key of ["ca", "cert", "key"] as const) {
    const value = written[key];
    if (value !== undefined) settings[key] = problems.attempt(() => readPem(entry, key, value, lookup));
  }
  return [host, settings];
}

function hostOf(entry: Entry, problems: Problems): string | undefined {
  try {
    const host = parsePrefix(entry.key);
    if (host.includes("/")) throw new Refusal("expected a host alone, without a repository");
    return host;
  } catch (cause) {
    const facts = { where: formatPlace(entry.place), key: `hosts.${entry.key}`, reason: refusalReason(cause) };
    problems.add(failure("CONFIG_VALUE_INVALID", facts));
    return undefined;
  }
}

const PEM = "-----BEGIN ";

/** PEM text, whether it was written there or in a file. @throws CONFIG_FILE_UNREADABLE, CONFIG_VALUE_INVALID */
function readPem(entry: Entry, key: string, value: string, lookup: Lookup): string {
  if (value.includes(PEM)) return value;
  const where = formatPlace(entryOf(entry.value, key)?.value.place ?? entry.place);
  // What was meant as PEM text and is damaged may be a key: only what looks like a path is shown.
  const file = /^[^\n]{1,255}$/.test(value) ? value : "(text)";
  let text: string;
  try {
    text = lookup.file(value);
  } catch (cause) {
    throw failure("CONFIG_FILE_UNREADABLE", { where, file, reason: refusalReason(cause) }, { cause });
  }
  if (text.includes(PEM)) return text;
  throw failure("CONFIG_VALUE_INVALID", { where, key, reason: `${file} is not a PEM file` });
}
