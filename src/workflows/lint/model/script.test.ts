import assert from "node:assert/strict";
import { test } from "node:test";
import { readScript, simpleCommands } from "./script.ts";

const COMMANDS: readonly (readonly [script: string, commands: readonly string[]])[] = [
  ["a\nb\n", ["a", "b"]],
  ["# no\n\n  a b", ["a b"]],
  ["a \\\n  b \\\n  c\nd", ["a    b    c", "d"]],
  ["a && b | c; d", ["a", "b", "c", "d"]],
  ['echo "a; b" && c', ['echo "a; b"', "c"]],
  ["echo 'a && b'", ["echo 'a && b'"]],
  ["cat <<EOF\ndocker push x\nEOF\na", ["cat <<EOF", "a"]],
  ["cat <<-EOF\n\tdocker push x\n\tEOF\na", ["cat <<-EOF", "a"]],
  ["cat <<EOF\nnever closed", ["cat <<EOF"]],
  ["cat <<< word\na", ["cat <<< word", "a"]],
];

for (const [script, expected] of COMMANDS) {
  test(`the commands of ${JSON.stringify(script)}`, () => {
    const found = readScript(script).commands.flatMap(simpleCommands);
    assert.deepEqual(
      found.map(({ text }) => text),
      expected,
    );
    for (const { text, offset } of found) assert.equal(script.slice(offset, offset + 1), text[0]);
  });
}

const HEREDOCS: readonly (readonly [script: string, file: string | undefined, body: string])[] = [
  ["cat > a.yaml <<EOF\nx: 1\nEOF\n", "a.yaml", "x: 1\n"],
  ["cat <<'EOF' > a.yaml\nx: 1\nEOF", "a.yaml", "x: 1\n"],
  ['cat <<"END" >> "a b.yml"\nx\nEOF\nEND\n', "a b.yml", "x\nEOF\n"],
  ["tee auth.yaml <<EOF\nx\nEOF\n", "auth.yaml", "x\n"],
  ["sudo tee -a /etc/x.yml <<EOF >/dev/null\nx\nEOF\n", "/dev/null", "x\n"],
  ["psql <<EOF\nx\nEOF\n", undefined, "x\n"],
  ["cat <<\\EOF >a.yml\nx\nEOF\n", "a.yml", "x\n"],
];

for (const [script, file, body] of HEREDOCS) {
  test(`the heredoc of ${JSON.stringify(script)}`, () => {
    const [heredoc] = readScript(script).heredocs;
    assert.equal(heredoc?.file, file);
    assert.equal(heredoc?.body, body);
    assert.equal(script.slice(heredoc?.offset, (heredoc?.offset ?? 0) + body.length), body);
  });
}
