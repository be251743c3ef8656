import type { VariableUse } from "../../config/variables/variable-uses.ts";
import type { Words } from "../../words/words.ts";
import { code, heading, plain, table } from "./markdown.ts";
import { type ContractMaterial, listed, type Section } from "./material.ts";

/** What the configuration takes from outside, by name. */
export const credentialsSection: Section = (material, words) => {
  const { file, outlets } = material;
  const rows = rowsOf(material, words);
  const without = outlets.filter(({ login }) => !login).map(({ name }) => plain(name));
  const head = (["name", "key", "needed"] as const).map((key) => words.text(`contract.credentials.head.${key}`));
  return [
    heading(words.text("contract.credentials")),
    ...(rows.length === 0
      ? [words.text("contract.credentials.none", { file: code(file) })]
      : [words.text("contract.credentials.intro", { file: code(file) }), table(head, rows)]),
    ...(without.length === 0
      ? []
      : [words.text("contract.credentials.logins", { registries: listed(without, words) })]),
  ];
};

/** One row for each variable and file, in the order of the configuration. */
function rowsOf({ uses, publishing }: ContractMaterial, words: Words): readonly (readonly string[])[] {
  const byName = Map.groupBy(uses, ({ kind, name }) => `${kind} ${name}`);
  const rows = [...byName.values()].map((same) => [nameOf(same, words), keysOf(same, words), neededOf(same, words)]);
  if (publishing.release === undefined || uses.some(({ name }) => name === GITHUB_TOKEN)) return rows;
  const github = [words.text("contract.credentials.github"), words.text("contract.credentials.github.needed")];
  return [...rows, [code(GITHUB_TOKEN), ...github]];
}

const GITHUB_TOKEN = "GITHUB_TOKEN";

function nameOf([first]: readonly VariableUse[], words: Words): string {
  const name = code(first?.name ?? "");
  return first?.kind === "file" ? words.text("contract.credentials.file", { path: name }) : name;
}

function keysOf(uses: readonly VariableUse[], words: Words): string {
  return listed(
    uses.map(({ path }) => code(path)),
    words,
  );
}

function neededOf(uses: readonly VariableUse[], words: Words): string {
  return words.text(
    uses.every(({ hasDefault }) => hasDefault) ? "contract.credentials.needed.no" : "contract.credentials.needed.yes",
  );
}
