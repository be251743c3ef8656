import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { slipwaySchema } from "./sections.ts";

/** Where the JSON Schema is kept, so that editors find it in the installed package. */
export const JSON_SCHEMA_FILE = join(import.meta.dirname, "../../../schema/slipway.schema.json");

/** The JSON Schema of `slipway.yaml`, as people write it. */
export function jsonSchemaText(): string {
  const { $schema, ...schema } = z.toJSONSchema(slipwaySchema, { io: "input" });
  return `${JSON.stringify({ $schema, title: "slipway.yaml", ...schema }, undefined, 2)}\n`;
}

// Run on its own, it writes the file anew.
if (import.meta.main) writeFileSync(JSON_SCHEMA_FILE, jsonSchemaText());
