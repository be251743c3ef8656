import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { envFile, readEnvFile, variableOf } from "./env-file.ts";

/** How a value is written, and that it is read back; undefined: there is no way that every Compose reads alike. */
const VALUES: readonly (readonly [value: string, written: string | undefined])[] = [
  ["plain", "plain"],
  ["a=b/c:d@e,f", "a=b/c:d@e,f"],
  ["with space", "'with space'"],
  ["pa$$word", "'pa$$word'"],
  ["${HOME}", "'${HOME}'"],
  ["# no comment", "'# no comment'"],
  ['say "hi"', "'say \"hi\"'"],
  ["two\nlines", "'two\nlines'"],
  ["back\\slash", "back\\slash"],
  ["end\\", "end\\"],
  ["a \\n b", "'a \\n b'"],
  ["a \\\\ b", '"a \\\\\\\\ b"'],
  ["it's", '"it\'s"'],
  ["it's $HOME", '"it\'s \\$HOME"'],
  ['it\'s "x" \\ y', '"it\'s \\"x\\" \\\\ y"'],
  ["it's \\", undefined],
  ["a b\\", undefined],
];

for (const [value, written] of VALUES) {
  test(`.env: ${JSON.stringify(value)} is ${written ?? "refused"}`, () => {
    const file = envFile([["apiKey", value]]);
    if (written === undefined) {
      assert.deepEqual(file, {
        kind: "problems",
        problems: [{ field: "apiKey", key: "compose.problem.env", facts: {} }],
      });
      return;
    }
    assert.deepEqual(file, { kind: "file", text: `SECRET_API_KEY=${written}\n` });
    assert.deepEqual([...readEnvFile(file.text)], [["SECRET_API_KEY", value]]);
  });
}

test(".env: names come from the fields'", () => {
  const names = ["apiKey", "password", "db2Password", "api_key", "APIKey"].map(variableOf);
  const expected = ["SECRET_API_KEY", "SECRET_PASSWORD", "SECRET_DB2_PASSWORD", "SECRET_API_KEY", "SECRET_APIKEY"];
  assert.deepEqual(names, expected);
});

test(".env: files of others are read, but for values that hang on other variables", () => {
  const text = "# note\n\nexport A = 1 # one\nB: two\nC='x # y'\nD=\"a\\tb\\$c\"\nE=${A}\nF=\"$A\"\nG=\nH=a#b\n'odd'\n";
  assert.deepEqual(Object.fromEntries(readEnvFile(text)), {
    A: "1",
    B: "two",
    C: "x # y",
    D: "a\tb$c",
    G: "",
    H: "a#b",
  });
});

test(".env: any values that are written are read back, each on its own", () => {
  const value = fc.string({ unit: fc.constantFrom(..."$\"\\#'=: \nabN{}0"), minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(value, value, (one, other) => {
      const file = envFile([
        ["one", one],
        ["other", other],
      ]);
      if (file.kind === "problems") return;
      assert.deepEqual(Object.fromEntries(readEnvFile(file.text)), { SECRET_ONE: one, SECRET_OTHER: other });
    }),
    { seed: 5, numRuns: 2000 },
  );
});
