import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ROUTES } from "../routes/all.ts";
import { sampleApi } from "../sample-api.ts";
import { addressOf, openApiDocument } from "./document.ts";
import { FILE, writtenDocument } from "./write.ts";

const document = openApiDocument(ROUTES);
const paths = Object(document.paths);

test("schema/openapi.json is what the routes say (node src/daemon/api/openapi/write.ts)", () => {
  assert.equal(readFileSync(FILE, "utf8"), writtenDocument());
});

test("the daemon serves the document, to anybody", async () => {
  await using sample = await sampleApi("mirrors: []");
  const answer = await sample.ask("/api/v1/openapi.json", { token: null });
  assert.deepEqual(await answer.json(), JSON.parse(writtenDocument()));
});

test("every route has an operation with what it may answer", () => {
  for (const { method, path, answers } of ROUTES) {
    const operation = paths[addressOf(path)]?.[method];
    assert.ok(operation !== undefined, `${method} ${path}`);
    assert.deepEqual(Object.keys(operation.responses), [...Object.keys(answers), "default"], path);
    assert.notEqual(operation.summary, "");
  }
  const count = Object.values(paths).flatMap((operations) => Object.keys(Object(operations))).length;
  assert.equal(count, ROUTES.length);
});

test("what an address holds is described, and nothing else", () => {
  for (const [address, operations] of Object.entries(paths)) {
    const held = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    for (const operation of Object.values(Object(operations))) {
      const parameters: readonly { in: string; name: string }[] = Object(operation).parameters ?? [];
      const described = parameters.filter((one) => one.in === "path").map(({ name }) => name);
      assert.deepEqual(described, held, address);
    }
  }
});

test("every reference leads to a component", () => {
  const { schemas } = Object(document.components);
  const referred = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, to]) => to ?? "");
  assert.ok(referred.length > 20);
  for (const to of new Set(referred)) {
    assert.match(to, /^#\/components\/schemas\/\w+$/);
    assert.ok(Object.hasOwn(schemas, to.split("/").at(-1) ?? ""), to);
  }
});

test("what changes something is for operators", () => {
  const open = ["/api/v1/session", "/hooks/:hook", "/hooks/:hook/:token"];
  for (const { method, path, access } of ROUTES) {
    if (method !== "get" && !open.includes(path)) assert.equal(access, "operator", path);
  }
});
