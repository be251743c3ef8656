import assert from "node:assert/strict";
import { test } from "node:test";
import { contentOf, filesOf } from "./sources.ts";

/** What belongs to one person's machine, and what would be a secret if it were real. */
const FOREIGN: readonly RegExp[] = [
  /\/work\/(?:main|shared)\b/,
  /\.librar[y]\//,
  /\/tmp\/brie[f]/,
  /-----BEGIN (?:RSA |EC )?PRIVATE KE[Y]-----\n[A-Za-z0-9+/]{40}/,
  /\bgh[pousr]_[A-Za-z0-9]{36}\b/,
];

test("no file names the machine that it was written on or holds a secret", () => {
  const found = filesOf("**/*", "**/.*", ".ci/*", ".github/**/*").flatMap((file) => {
    const content = contentOf(file);
    return FOREIGN.filter((pattern) => pattern.test(content)).map((pattern) => `${file}: ${pattern}`);
  });
  assert.deepEqual(found, []);
});
