import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SlipwayError } from "../words/error.ts";
import { parseRepositoryName } from "./repository-name.ts";

const ACME = { owner: "acme", name: "app.js" };

test("every form of a repository's name", () => {
  for (const text of [
    "acme/app.js",
    " acme/app.js\n",
    "https://github.com/acme/app.js",
    "https://github.com/acme/app.js.git",
    "https://github.com/acme/app.js/",
    "https://x-access-token:secret@github.example.com:8443/acme/app.js.git",
    "ssh://git@github.com/acme/app.js.git",
    "ssh://git@github.com:22/acme/app.js",
    "git@github.com:acme/app.js.git",
    "github.com:acme/app.js",
    "git://github.com/acme/app.js.git",
  ]) {
    assert.deepEqual(parseRepositoryName(text), ACME, text);
  }
  assert.deepEqual(parseRepositoryName("octo_cat/.github"), { owner: "octo_cat", name: ".github" });
});

test("what is no repository's name", () => {
  for (const text of [
    "",
    "acme",
    "acme/",
    "/app",
    "acme/app/more",
    "acme/..",
    "acme/.",
    "-acme/app",
    "acme/a b",
    "acme/app?x=1",
    "https://github.com/acme",
    "https://github.com/acme/app/releases",
    "file:///tmp/app",
    "../app",
    "acme/%2e%2e",
  ]) {
    assert.throws(() => parseRepositoryName(text), { code: "GITHUB_REPOSITORY_INVALID" }, text);
  }
});

test("a token in a remote's address is never quoted", () => {
  assert.throws(
    () => parseRepositoryName("https://me:canary@github.com/acme"),
    (error) => error instanceof SlipwayError && !error.message.includes("canary"),
  );
});

test("what is read is safe in a URL, whatever was written", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 30 }),
      fc.constantFrom("", "a/", "git@h:", "https://h/a/"),
      (text, start) => {
        try {
          const { owner, name } = parseRepositoryName(start + text);
          assert.equal(new URL(`https://h/repos/${owner}/${name}/x`).pathname, `/repos/${owner}/${name}/x`);
        } catch (thrown) {
          assert.ok(thrown instanceof SlipwayError, String(thrown));
        }
      },
    ),
    { seed: 11, numRuns: 1000 },
  );
});
