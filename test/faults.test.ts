import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { begin } from "../faults/page.ts";
import { longestFirst, play } from "../faults/play.ts";
import { ROWS } from "../faults/rows/index.ts";
import { slipway } from "../faults/tools/slipway.ts";
import { table } from "../scripts/support/generated.ts";
import { contentOf } from "./house/sources.ts";

/** Rows wait more than they work. */
const AT_ONCE = 5;

describe("attacks, bad input and faults", { concurrency: AT_ONCE }, () => {
  for (const row of longestFirst(ROWS)) {
    test(`${row.id}: ${row.injected}`, async () => {
      const result = await play(row, slipway);
      assert.ok(result.kind === "judged", JSON.stringify(result));
      assert.deepEqual(result.verdict.broken, [], `${row.required}; ${result.verdict.figure}`);
    });
  }
});

test("docs/faults.md holds every row as it is now; `npm run faults -- --write` writes it", () => {
  const page = contentOf("docs/faults.md");
  const missing = ROWS.filter((row) => {
    const line =
      table([], [begin(row)])
        .split("\n")
        .at(-1)
        ?.replace(/ \|$/, "") ?? "";
    return !page.includes(`${line} | ok`);
  });
  assert.deepEqual(
    missing.map(({ id }) => id),
    [],
  );
});

test("the table has no row twice", () => {
  assert.equal(new Set(ROWS.map(({ id }) => id)).size, ROWS.length);
});
