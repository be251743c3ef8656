import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { JSON_SCHEMA_FILE, jsonSchemaText, schemaComment } from "./json-schema.ts";

test("the JSON Schema in the package is that of the code; `node src/config/schema/json-schema.ts` writes it", () => {
  assert.equal(readFileSync(JSON_SCHEMA_FILE, "utf8"), jsonSchemaText());
});

test("it refuses unknown keys everywhere, and lets variables stand for numbers and switches", () => {
  const schema = JSON.parse(jsonSchemaText());
  assert.equal(schema.additionalProperties, false);
  const host = schema.properties.hosts.additionalProperties;
  assert.equal(host.additionalProperties, false);
  assert.deepEqual(host.properties.tls.type, ["boolean", "string"]);
  assert.deepEqual(host.properties.concurrency.type, ["integer", "string"]);
  assert.match("${N:-4}", new RegExp(host.properties.concurrency.pattern));
  assert.doesNotMatch("many", new RegExp(host.properties.concurrency.pattern));
});

test("every key has its meaning", () => {
  const silent = silentKeys("", JSON.parse(jsonSchemaText()));
  assert.deepEqual(silent, []);
});

/** The keys of a schema, and of what is in it, without a description. */
function silentKeys(path: string, schema: unknown): readonly string[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([name, part]: [string, unknown]) => {
    if (name !== "properties" || typeof part !== "object" || part === null) return silentKeys(path, part);
    return Object.entries(part).flatMap(([key, value]: [string, object]) => {
      const own = "description" in value ? [] : [`${path}.${key}`];
      return [...own, ...silentKeys(`${path}.${key}`, value)];
    });
  });
}

test("a file is given the schema of the Slipway that its project has, and none where there is none", (context) => {
  const folder = mkdtempSync(join(tmpdir(), "slipway-schema-"));
  context.after(() => rmSync(folder, { recursive: true }));
  assert.equal(schemaComment(folder), "");
  for (const place of ["slipway", "node_modules/slipway"]) {
    mkdirSync(join(folder, place, "schema"), { recursive: true });
    writeFileSync(join(folder, place, "schema/slipway.schema.json"), "{}");
    assert.equal(schemaComment(folder), `# yaml-language-server: $schema=./${place}/schema/slipway.schema.json\n`);
  }
});
