import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { median, pairedRatio } from "./measure/statistics.ts";
import { readOptions } from "./options.ts";
import { PEERS, slipway } from "./peers/index.ts";
import { type Bar, judge, lineOf } from "./report/bars.ts";
import type { Figures } from "./report/figures.ts";
import { table } from "./report/table.ts";
import { CASES } from "./work/cases.ts";

describe("median", () => {
  const cases: readonly (readonly [readonly number[], number | undefined])[] = [
    [[], undefined],
    [[3], 3],
    [[10, 2], 6],
    [[30, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
  ];
  for (const [values, expected] of cases) test(`of ${values}`, () => assert.equal(median(values), expected));
});

describe("paired ratio", () => {
  test("compares round with round", () => assert.equal(pairedRatio([1, 20, 3], [2, 10, 4]), 0.75));
  test("leaves out rounds that one has not", () => assert.equal(pairedRatio([1, 9, 9], [2]), 0.5));
  test("of nothing is nothing", () => assert.equal(pairedRatio([], [1]), undefined));
  test("never divides by nothing", () => assert.equal(pairedRatio([1, 1], [0, 4]), 0.25));
});

test("a table is Markdown with straight columns", () => {
  const lines = ["| tool | s    |", "| ---- | ---: |", "| a    | 1.00 |", "| bcde |    – |"];
  const expected = lines.map((line) => line.replace("| s    |", "|    s |"));
  assert.equal(
    table(
      ["tool", "s"],
      [
        ["a", "1.00"],
        ["bcde", "–"],
      ],
    ),
    expected.join("\n"),
  );
});

function figures(name: string, values: Partial<Figures["values"]>): Figures {
  return { name, values: { "wall s": [], "CPU s": [], "peak MiB": [], "source ×": [], requests: [], ...values } };
}

describe("bars", () => {
  const ours = figures("slipway", { "wall s": [1, 2, 3], "peak MiB": [100, 140] });
  const crane = figures("crane", { "wall s": [2, 4, 6] });
  const oras = figures("oras", { "wall s": [1, 1, 1] });
  const cases: readonly (readonly [Bar, readonly Figures[], string])[] = [
    [{ measure: "wall s", atMost: 0.5, than: "crane" }, [crane, oras], "- wall s ≤ 0.5 × crane: 0.50, met"],
    [{ measure: "wall s", atMost: 0.4, than: "crane" }, [crane], "- wall s ≤ 0.4 × crane: 0.50, not met"],
    [{ measure: "wall s", atMost: 1.1, than: "best" }, [crane, oras], "- wall s ≤ 1.1 × best: 2.00 (oras), not met"],
    [{ measure: "wall s", atMost: 1, than: "skopeo" }, [crane], "- wall s ≤ 1 × skopeo: nothing to compare"],
    [{ measure: "requests", atMost: 1, than: "best" }, [crane], "- requests ≤ 1 × best: nothing to compare"],
    [{ measure: "peak MiB", atMost: 150 }, [], "- peak MiB ≤ 150: 120.00, met"],
  ];
  for (const [bar, peers, expected] of cases) {
    test(expected, () => assert.equal(lineOf(judge(bar, ours, peers)), expected));
  }
});

describe("options", () => {
  test("without any: all cases but those that take long, at full size", () => {
    const options = readOptions([]);
    assert.deepEqual(
      options?.cases,
      CASES.filter(({ extra }) => extra !== true),
    );
    assert.equal(options?.size.bigMiB, 1024);
  });
  test("--only names any case, --size is for either spelling, --runs is exact", () => {
    const options = readOptions(["--only", "tags-far", "--size", "SMALL", "--runs", "2"]);
    assert.deepEqual(
      options?.cases.map(({ name }) => name),
      ["tags-far"],
    );
    assert.deepEqual([options?.size.tags, options?.effort.rounds, options?.effort.seconds], [100, 2, Infinity]);
  });
  test("--help is no run", () => assert.equal(readOptions(["--help"]), undefined));
  for (const args of [["--only", "none"], ["--size", "huge"], ["--runs", "0"], ["--slow"], ["big"]]) {
    test(`${args.join(" ")} is refused`, () => assert.throws(() => readOptions(args)));
  }
});

describe("every tool names the source and each destination, whatever the job", () => {
  const hosts = ["source:1", "one:2", "two:3"] as const;
  const [source, ...destinations] = hosts;
  const jobs = {
    image: new Map([["bench/big", ["1.0"]]]),
    tags: new Map([["bench/tags", ["1", "2"]]]),
    repositories: new Map([
      ["bench/a", ["1"]],
      ["bench/b", ["1"]],
    ]),
  };
  for (const [kind, repositories] of Object.entries(jobs)) {
    for (const tool of [slipway, ...PEERS]) {
      const work = tool.work({ source, destinations, repositories });
      if (work === undefined) continue;
      test(`${tool.name}: ${kind}`, () => {
        const said = JSON.stringify(work);
        for (const text of [...hosts, ...repositories.keys()]) assert.ok(said.includes(text), text);
      });
    }
  }
});
