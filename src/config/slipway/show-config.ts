import { dirname } from "node:path";
import { parse, stringify } from "yaml";
import { Problems } from "../reading/problems.ts";
import { readSource } from "../reading/source.ts";
import type { Tree } from "../reading/tree.ts";
import { type Environment, lookupIn } from "../variables/lookup.ts";
import { readWritten } from "./load-config.ts";

/**
 * A `slipway.yaml` as it is in force: variables put in, secrets masked. As YAML.
 * @throws CONFIG_* when it cannot be read; whether it makes sense is `loadConfig`'s to say
 */
export function showConfig(file: string, environment: Environment): string {
  const problems = new Problems(file);
  const tree = readWritten(readSource(file), lookupIn(dirname(file), environment), problems);
  problems.throwIfAny();
  return stringify(masked(tree), { lineWidth: 0 });
}

const MASK = "********";
/** What was pasted where a path could be, whole or damaged: it may be a private key. */
const PEM = /-----BEGIN |\n/;

function masked(tree: Tree): unknown {
  if (tree.kind === "list") return tree.items.map(masked);
  if (tree.kind === "mapping") {
    return new Map(tree.entries.map(({ key, value }) => [key, shown(key, masked(withoutSecretParts(key, value)))]));
  }
  if (tree.text === null) return null;
  return tree.secret || PEM.test(tree.text) ? MASK : withoutUserinfo(tree.text);
}

/** Texts that hold a secret beside what may be seen: signed addresses, and the logins of where build cache is kept. */
function withoutSecretParts(key: string, tree: Tree): Tree {
  if (tree.kind === "list") return { ...tree, items: tree.items.map((item) => withoutSecretParts(key, item)) };
  if (tree.kind === "mapping" || tree.text === null) return tree;
  if (key === "url") return { ...tree, text: tree.text.replace(/\?.*$/s, `?${MASK}`) };
  if (key !== "cacheFrom" && key !== "cacheTo") return tree;
  return {
    ...tree,
    text: tree.text.replace(/([\w-]*(?:secret|token|password|access_key)[\w-]*=)[^,]*/gi, `$1${MASK}`),
  };
}

/** Keys of numbers and switches. All else is text, whatever it looks like: the tag 1.10 is not 1.1. */
const TYPED = new Set([
  "version",
  "newest",
  "referrers",
  "tls",
  "insecure",
  "concurrency",
  "rate",
  "required",
  "adapt",
  "idToken",
  "sbom",
  "retries",
]);

function shown(key: string, value: unknown): unknown {
  return typeof value === "string" && TYPED.has(key) ? parse(value) : value;
}

/** Proxies and token servers may carry a user name and password in their address. */
function withoutUserinfo(text: string): string {
  return text.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@\s]*@/i, `$1${MASK}@`);
}
