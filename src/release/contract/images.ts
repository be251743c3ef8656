import { bullets, code, heading, plain, table } from "./markdown.ts";
import { listed, type Section, usesAt } from "./material.ts";

/** Under which addresses the image is, and what a registry's role means. */
export const imagesSection: Section = ({ outlets, uses }, words) => {
  const roles = outlets.map(({ required, adapt }, at) => [
    ...(at === 0 ? ["primary" as const] : []),
    required ? ("required" as const) : ("optional" as const),
    ...(adapt ? ["adapted" as const] : []),
  ]);
  const head = ["name", "image", "role"] as const;
  const rows = outlets.map(({ name, repository }, at) => [
    plain(name),
    code(repository),
    listed(roles[at]?.map((role) => words.text(`contract.images.${role}`)) ?? [], words),
  ]);
  const has = (role: "primary" | "required" | "optional" | "adapted") => roles.some((own) => own.includes(role));
  const meanings = (["required", "optional", "adapted"] as const).filter(has);
  const movable = outlets.flatMap(({ name }) => {
    const variables = usesAt(uses, `registries.${name}.image`).map((use) => code(use.name));
    if (variables.length === 0) return [];
    return [words.text("contract.images.variable", { variables: listed(variables, words), registry: plain(name) })];
  });
  const same = words.text(has("adapted") ? "contract.images.same.adapted" : "contract.images.same");
  return [
    heading(words.text("contract.images")),
    table(
      head.map((key) => words.text(`contract.images.head.${key}`)),
      rows,
    ),
    bullets([
      ...(outlets.length > 1 ? [same] : []),
      ...(outlets.length > 1 ? [words.text("contract.images.means.primary")] : []),
      ...meanings.map((role) => words.text(`contract.images.means.${role}`)),
      ...movable,
    ]),
  ];
};
