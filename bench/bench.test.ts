import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { temporaryFolder } from "../src/testing/index.ts";
import { Refuser, secondsOf } from "./measure/refuser.ts";
import { median, pairedRatio } from "./measure/statistics.ts";
import { readOptions } from "./options.ts";
import { PEERS, slipway } from "./peers/index.ts";
import { type Bar, judge, lineOf } from "./report/bars.ts";
import { type Figures, figuresOf } from "./report/figures.ts";
import { type CaseRecord, keepRecord, readRecords, reportOf } from "./report/records.ts";
import { table } from "./report/table.ts";
import { CASES } from "./work/cases/index.ts";

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
  return { name, values: { ...figuresOf({ name, rounds: [], counts: {} }).values, ...values } };
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
  test("are not met where Slipway does not get there", () =>
    assert.equal(
      lineOf(judge({ measure: "peak MiB", atMost: 150 }, figures("slipway", {}), [crane])),
      "- peak MiB ≤ 150: not met",
    ));
});

describe("refusals", () => {
  const count = (share: number, seed: string) => {
    const refuser = new Refuser({ kind: "refusals", status: 503, share }, seed);
    return Array.from({ length: 1000 }, () => refuser.refuse()?.status);
  };
  test("are the same for the same seed", () => assert.deepEqual(count(0.05, "a"), count(0.05, "a")));
  test("are others for another", () => assert.notDeepEqual(count(0.05, "a"), count(0.05, "b")));
  test("are about so many", () => {
    const refused = count(0.05, "a").filter((status) => status === 503).length;
    assert.ok(refused > 30 && refused < 70, `${refused}`);
  });
  test("count who comes while a registry wants to be left alone", (context) => {
    let now = 0;
    context.mock.method(performance, "now", () => now);
    const refuser = new Refuser({ kind: "refusals", status: 429, share: 1, retryAfterSeconds: 1 }, "a");
    assert.equal(refuser.refuse()?.headers["retry-after"], "1");
    for (const [at, early] of [
      [100, 0], // under way before the answer could be read
      [900, 1],
      [2200, 1],
    ] as const) {
      now = at;
      refuser.refuse();
      assert.equal(refuser.early, early);
    }
  });
  test("ask for pauses that are counted once where they overlap", () => {
    const pauses = [
      { from: 5000, until: 6000 },
      { from: 0, until: 1000 },
      { from: 500, until: 1500 },
    ];
    assert.equal(secondsOf(pauses), 2.5);
  });
});

describe("records", () => {
  const record = (name: string, load: number, seconds: number): CaseRecord => ({
    name,
    title: `${name} it is`,
    day: "2026-11-22",
    load,
    machine: "a machine",
    tools: "slipway 1.0.0",
    results: [{ name: "slipway", rounds: [{ seconds, cpuSeconds: 1, peakBytes: 1024 ** 2 }], counts: {} }],
  });
  test("of several runs are joined in the benchmark's order, the last of each case", async () => {
    await using folder = await temporaryFolder("records");
    const file = join(folder.path, "bench.json");
    for (const each of [record("tags", 0.5, 1), record("big", 0.25, 7), record("tags", 0.75, 2)])
      await keepRecord(file, each);
    const report = reportOf(await readRecords(file));
    assert.match(
      report,
      /^2026-11-22: a machine; slipway 1\.0\.0\.\n\nThe machine's load before a case: 0\.3 to 0\.8\.\n/,
    );
    assert.match(report, /### big: big it is\n\n[^#]* 7\.00 [^#]*### tags: tags it is\n\n[^#]* 2\.00 /);
    assert.ok(!report.includes("Others worked"));
  });
  test("tell when others worked on the machine", () =>
    assert.match(reportOf([record("big", 3.1, 1)]), /before a case: 3\.1\. \*\*Others worked/));
  test("that cannot be read are not written over", async () => {
    await using folder = await temporaryFolder("records");
    const file = join(folder.path, "bench.json");
    await writeFile(file, "no JSON");
    await assert.rejects(keepRecord(file, record("big", 0, 1)), SyntaxError);
  });
});

describe("options", () => {
  test("without any: all cases but those that take long, at full size", () => {
    const options = readOptions([]);
    assert.ok(options.kind === "measure");
    assert.deepEqual(
      options.cases,
      CASES.filter(({ extra }) => extra !== true),
    );
    assert.deepEqual([options.effort.size.bigMiB, options.file, options.isAlone], [1024, undefined, false]);
  });
  test("--only names any case, --size is for either spelling, --runs is exact", () => {
    const options = readOptions(["--only", "tags-far", "--size", "SMALL", "--runs", "2"]);
    assert.ok(options.kind === "measure");
    assert.deepEqual(
      options.cases.map(({ name }) => name),
      ["tags-far"],
    );
    const { size, rounds, seconds } = options.effort;
    assert.deepEqual([size.tags, rounds, seconds], [100, 2, Infinity]);
  });
  for (const kind of ["print", "write"] as const)
    test(`--${kind} measures nothing`, () => assert.deepEqual(readOptions([`--${kind}`, "f"]), { kind, file: "f" }));
  test("--help is no run", () => assert.deepEqual(readOptions(["--help"]), { kind: "help" }));
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
      test(`${tool.name}: ${kind}, over TLS`, () => {
        const authority = { caFile: "/tmp/ca.crt", certDir: "/tmp/certs.d" };
        const said = JSON.stringify(tool.work({ source, destinations, repositories, authority }));
        assert.ok(said.includes(authority.caFile) || said.includes(authority.certDir), said);
        assert.doesNotMatch(said, /plain-http|insecure"?[:=]?true|--insecure|tls=disabled|verify=false/);
      });
    }
  }
});
