import { readTree } from "../../config/reading/read-tree.ts";
import type { Source } from "../../config/reading/source.ts";
import { entryOf, type Tree, textOf, treeAt } from "../../config/reading/tree.ts";
import { type VariableUse, variableUses } from "../../config/variables/variable-uses.ts";
import type { Words } from "../../words/words.ts";

/**
 * The text of a `.env.example`: each variable that a `slipway.yaml` takes, and GITHUB_TOKEN where there is a release,
 * after a line that says what it is for, with the default that the configuration has. Nothing that is secret is in it.
 * @throws CONFIG_EMPTY, CONFIG_SYNTAX
 */
export function envExample(source: Source, words: Words): string {
  const tree = readTree(source, { expected: "`version: 1`" });
  const uses = variableUses(tree).filter(({ kind }) => kind === "variable");
  const byName = Map.groupBy(uses, ({ name }) => name);
  const variables = [...byName].map(([name, [use]]) => ({
    name,
    comment: use === undefined ? "" : purposeOf(use, tree, words),
    value: defaultOf(name, source.text),
  }));
  if (entryOf(tree, "release") !== undefined && !byName.has("GITHUB_TOKEN")) {
    variables.push({ name: "GITHUB_TOKEN", comment: words.text("init.env.github-token"), value: "" });
  }
  const head = words.text("init.env.head");
  return [
    `# ${head}`,
    ...variables.flatMap(({ name, comment, value }) => ["", `# ${comment}`, `${name}=${value}`]),
    "",
  ].join("\n");
}

function purposeOf({ name, path, secret }: VariableUse, tree: Tree, words: Words): string {
  if (name === "GITHUB_TOKEN") return words.text("init.env.token", { path });
  const [section, entry = "", key] = path.split(".");
  const image = section === "registries" ? textOf(treeAt(tree, [section, entry, "image"])) : undefined;
  if (image && key === "username") return words.text("init.env.username", { image });
  if (image && key === "password") return words.text("init.env.password");
  return secret ? words.text("init.env.secret", { path }) : words.text("init.env.value", { path });
}

/** What stands behind `:-`, where it is plain text. */
function defaultOf(name: string, text: string): string {
  return new RegExp(`\\$\\{${name}:-([^}$]*)\\}`).exec(text)?.[1] ?? "";
}
