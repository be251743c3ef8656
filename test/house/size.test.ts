import assert from "node:assert/strict";
import { test } from "node:test";
import { contentOf, filesOf } from "./sources.ts";

const LONGEST = 250;
const MEDIAN = 110;

/** Code that is read from top to bottom. Tests are tables and words are lists: they may be as long as they need. */
const lengths = filesOf("{src,scripts,bench,faults,examples,test,web}/**/*.{ts,tsx,sh}")
  .filter((file) => !file.endsWith(".test.ts") && !/^(src|web)\/(shared\/)?words\//.test(file))
  .map((file) => ({ file, lines: contentOf(file).split("\n").length - 1 }))
  .sort((one, other) => one.lines - other.lines);

test(`no source file has more than ${LONGEST} lines`, () => {
  assert.deepEqual(
    lengths.filter(({ lines }) => lines > LONGEST),
    [],
  );
});

test(`half of the source files have at most ${MEDIAN} lines`, () => {
  const middle = lengths[Math.floor(lengths.length / 2)];
  assert.ok(middle !== undefined && middle.lines <= MEDIAN, `the median is ${middle?.lines}`);
});
