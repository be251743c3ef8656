import assert from "node:assert/strict";
import { test } from "node:test";
import { covers, scopeTexts } from "./scope.ts";

test("scopes are written one for each repository, push with pull", () => {
  assert.deepEqual(scopeTexts({ "b/b": "push", "a/a": "pull" }), ["repository:a/a:pull", "repository:b/b:pull,push"]);
  assert.deepEqual(scopeTexts({}), []);
});

test("a token for push is enough for pull, and for nothing else", () => {
  assert.ok(covers({ a: "push" }, { a: "pull" }));
  assert.ok(covers({ a: "pull", b: "push" }, { a: "pull" }));
  assert.ok(!covers({ a: "pull" }, { a: "push" }));
  assert.ok(!covers({ a: "push" }, { a: "push", b: "pull" }));
});
