import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runCase } from "./measure/rounds.ts";
import { caseReport } from "./report/case-report.ts";
import { figuresOf, middleOf } from "./report/figures.ts";
import { CASES } from "./work/cases/index.ts";
import { SIZES } from "./work/sizes.ts";

const EFFORT = { size: SIZES.tiny, rounds: 1, seconds: 0, secondsPerRun: 60, seed: "1" };

describe("every case can be measured, with Slipway alone", () => {
  for (const one of CASES) {
    test(one.name, async ({ signal }) => {
      const kills = one.kills === undefined ? {} : { kills: 2 };
      const results = await runCase({ ...one, ...kills }, [], { ...EFFORT, signal });
      const [ours] = results;
      assert.ok(ours !== undefined);
      assert.equal(ours.problem, undefined);
      assert.equal(results.length, one.reference === undefined ? 1 : 2);
      for (const { measure } of one.bars.filter(({ than }) => than !== "best"))
        assert.notEqual(middleOf(figuresOf(ours), measure), undefined, `${measure} is measured`);
      assert.match(caseReport(results, one.bars), /^\| slipway /m);
    });
  }
});
