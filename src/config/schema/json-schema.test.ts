import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { JSON_SCHEMA_FILE, jsonSchemaText } from "./json-schema.ts";

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
