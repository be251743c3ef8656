/** Writes the tables of docs/configuration.md from the JSON Schema of slipway.yaml. */
import * as z from "zod";
import { jsonSchemaText } from "../src/config/schema/json-schema.ts";
import { type Generated, table, write } from "./support/generated.ts";

interface Schema {
  readonly type?: string | readonly string[] | undefined;
  readonly const?: unknown;
  readonly minimum?: number | undefined;
  readonly pattern?: string | undefined;
  readonly description?: string | undefined;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly additionalProperties?: boolean | Schema | undefined;
  readonly items?: Schema | undefined;
  readonly anyOf?: readonly Schema[] | undefined;
}

const schema: z.ZodType<Schema> = z.lazy(() =>
  z.object({
    type: z.union([z.string(), z.array(z.string())]).optional(),
    const: z.unknown().optional(),
    minimum: z.number().optional(),
    pattern: z.string().optional(),
    description: z.string().optional(),
    properties: z.record(z.string(), schema).optional(),
    required: z.array(z.string()).optional(),
    additionalProperties: z.union([z.boolean(), schema]).optional(),
    items: schema.optional(),
    anyOf: z.array(schema).optional(),
  }),
);

export const configReference: Generated = {
  page: "docs/configuration.md",
  script: "scripts/config-reference.ts",
  text: () => sectionsOf("", schema.parse(JSON.parse(jsonSchemaText()))).join("\n\n"),
};

/** A table for a mapping with known keys, then one for each such mapping below it. */
function sectionsOf(path: string, { properties = {}, required = [] }: Schema): readonly string[] {
  const entries = Object.entries(properties);
  const rows = entries.map(([key, value]) => [
    `\`${key}\`${required.includes(key) ? " (needed)" : ""}`,
    kindOf(value),
    value.description ?? "",
  ]);
  const own = `## ${path === "" ? "The whole file" : `\`${path}\``}\n\n${table(["key", "value", "meaning"], rows)}`;
  const below = entries.flatMap(([key, value]) => mappingsIn(path === "" ? key : `${path}.${key}`, value));
  return [own, ...below];
}

function mappingsIn(path: string, value: Schema): readonly string[] {
  const { additionalProperties, items, anyOf = [] } = value;
  if (value.properties !== undefined) return sectionsOf(path, value);
  if (typeof additionalProperties === "object") return mappingsIn(`${path}.${nameIn(path)}`, additionalProperties);
  if (items !== undefined) return mappingsIn(`${path}[]`, items);
  return isLocalized({ anyOf }) ? [] : anyOf.flatMap((one) => mappingsIn(path, one));
}

/** A text in the languages of the pages: one line says it, wherever it stands. */
function isLocalized({ anyOf = [] }: Pick<Schema, "anyOf">): boolean {
  return anyOf.some(({ properties = {} }) => Object.keys(properties).join() === "en,zh-CN");
}

function nameIn(path: string): string {
  return path === "hosts" ? "HOST" : "NAME";
}

/** What may be written, for people. Text may always hold variables, so that it is named only where it is all there is. */
function kindOf({ type, items, anyOf, minimum, ...value }: Schema): string {
  if (value.const !== undefined) return `\`${value.const}\``;
  if (isLocalized({ anyOf })) return "text, or a mapping with `en` and `zh-CN`";
  if (anyOf !== undefined) return [...new Set(anyOf.map(kindOf))].join(", or ");
  if (items !== undefined) return `list of ${kindOf(items)}`;
  const types = [type ?? []].flat();
  if (types.includes("object")) return "mapping";
  if (types.includes("boolean") && !types.includes("number")) return "`true` or `false`";
  if (value.pattern?.includes("/s")) return "rate: `20MB/s`, or `none`";
  if (value.pattern?.includes("ms|s")) return "time: `30s`, `2m`";
  if (value.pattern?.includes("[KMG]")) return "size: `20MiB`, `20MB`, bytes";
  const number = types.find((one) => (one === "integer" || one === "number") && minimum !== undefined);
  return number === undefined ? "text" : `${number === "integer" ? "whole number" : "number"} from ${minimum}`;
}

if (import.meta.main) await write(configReference);
