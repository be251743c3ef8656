import assert from "node:assert/strict";
import { test } from "node:test";
import { covers, scopeTexts } from "./scope.ts";

test("scopes are written one for each repository, push with pull", () => {
  assert.deepEqual(scopeTexts({ "b/b": "push", "a/a": "pull" }), ["repository:a/a:pull", "repository:b/b:pull,push"]);
  assert.deepEqual(scopeTexts({ "a/a": "delete" }), ["repository:a/a:pull,push,delete"]);
  assert.deepEqual(scopeTexts({}), []);
});

test("a token for push is enough for pull, one for deleting for both, and neither for more", () => {
  assert.ok(covers({ a: "delete" }, { a: "push" }));
  assert.ok(!covers({ a: "push" }, { a: "delete" }));
  assert.ok(covers({ a: "push" }, { a: "pull" }));
  assert.ok(covers({ a: "pull", b: "push" }, { a: "pull" }));
  assert.ok(!covers({ a: "pull" }, { a: "push" }));
  assert.ok(!covers({ a: "push" }, { a: "push", b: "pull" }));
});
