import { existsSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as z from "zod";
import { slipwaySchema } from "./sections.ts";

/** Where the JSON Schema is kept, so that editors find it in the installed package. */
export const JSON_SCHEMA_FILE = join(import.meta.dirname, "../../../schema/slipway.schema.json");

/** Where a project may have Slipway: installed, checked out beside its files, or being it. */
const PLACES = ["./node_modules/slipway", "./slipway", "."];

/** The comment that gives editors the schema, where a file of this folder finds one; else nothing. */
export function schemaComment(folder: string): string {
  const paths = PLACES.map((place) => `${place}/schema/${basename(JSON_SCHEMA_FILE)}`);
  const path = paths.find((one) => existsSync(join(folder, one)));
  return path === undefined ? "" : `# yaml-language-server: $schema=${path}\n`;
}

/** The JSON Schema of `slipway.yaml`, as people write it. */
export function jsonSchemaText(): string {
  const { $schema, ...schema } = z.toJSONSchema(slipwaySchema, { io: "input" });
  return `${JSON.stringify({ $schema, title: "slipway.yaml", ...schema }, undefined, 2)}\n`;
}

// Run on its own, it writes the file anew.
if (import.meta.main) writeFileSync(JSON_SCHEMA_FILE, jsonSchemaText());
