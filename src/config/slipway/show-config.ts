import { dirname } from "node:path";
import { stringify } from "yaml";
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

function masked(tree: Tree): unknown {
  if (tree.kind === "list") return tree.items.map(masked);
  if (tree.kind === "mapping") return new Map(tree.entries.map(({ key, value }) => [key, masked(value)]));
  if (tree.text === null) return null;
  return tree.secret ? MASK : withoutUserinfo(tree.text);
}

/** Proxies and token servers may carry a user name and password in their address. */
function withoutUserinfo(text: string): string {
  return text.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@\s]*@/i, `$1${MASK}@`);
}
