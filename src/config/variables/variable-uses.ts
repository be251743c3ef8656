import type { Tree } from "../reading/tree.ts";
import { Refusal } from "../refusal.ts";
import { isSecretKey } from "./interpolate.ts";
import { parseTemplate, type Template } from "./template.ts";

/** One place of a configuration that takes something from outside of it. */
export interface VariableUse {
  readonly kind: "variable" | "file";
  /** The variable's name, or the file's path. */
  readonly name: string;
  /** The keys that lead there: `registries.azure.password`, `mirrors.to`. */
  readonly path: string;
  /** Whether something else counts where it is not set. */
  readonly hasDefault: boolean;
  /** Whether the value is nobody else's business. */
  readonly secret: boolean;
}

/** The variables and files that values name, in the order of the file. What is no template is left to whoever reads it. */
export function variableUses(tree: Tree): readonly VariableUse[] {
  return usesIn(tree, [], false);
}

function usesIn(tree: Tree, keys: readonly string[], secret: boolean): readonly VariableUse[] {
  if (tree.kind === "list") return tree.items.flatMap((item) => usesIn(item, keys, secret));
  if (tree.kind === "mapping") {
    return tree.entries.flatMap(({ key, value }) => usesIn(value, [...keys, key], secret || isSecretKey(key, keys[0])));
  }
  return partsOf(templateOf(tree.text ?? ""), { path: keys.join("."), secret });
}

function partsOf(template: Template, place: Pick<VariableUse, "path" | "secret">): readonly VariableUse[] {
  return template.flatMap((part): readonly VariableUse[] => {
    if (part.kind === "text") return [];
    if (part.kind === "file") return [{ kind: "file", name: part.path, ...place, hasDefault: false }];
    const { name, fallback } = part;
    const own: VariableUse = { kind: "variable", name, ...place, hasDefault: fallback !== undefined };
    return [own, ...(fallback === undefined ? [] : partsOf(fallback, place))];
  });
}

function templateOf(text: string): Template {
  try {
    return parseTemplate(text);
  } catch (thrown) {
    if (thrown instanceof Refusal) return [];
    throw thrown;
  }
}
