import assert from "node:assert/strict";
import { test } from "node:test";
import { digestOf } from "../oci/digest.ts";
import { type AssetPlan, assetProblems, type WantedAsset } from "./asset-problems.ts";
import type { Asset, Release } from "./release.ts";

const wanted = (name: string, content = name): WantedAsset => ({
  name,
  size: content.length,
  digest: digestOf(content),
});
const there = (name: string, content = name, changes: Partial<Asset> = {}): Asset => ({
  id: 1,
  name,
  label: "",
  size: content.length,
  state: "uploaded",
  digest: digestOf(content),
  contentType: "application/octet-stream",
  downloadUrl: "https://github.example.test/a",
  ...changes,
});
const DRAFT = { state: "draft", immutable: false } as const;
const PUBLISHED = { state: "published", immutable: false } as const;
const IMMUTABLE = { state: "published", immutable: true } as const;

/** Names only, each with why. */
function outline(plan: AssetPlan): Readonly<Record<string, readonly string[]>> {
  return {
    keep: plan.keep.map(({ asset, by }) => `${asset.name} ${by}`),
    remove: plan.remove.map(({ asset, flaw }) => `${asset.name} ${flaw}`),
    upload: plan.upload.map(({ name }) => name),
    conflicts: plan.conflicts.map(({ wanted: { name }, reason }) => `${name} ${reason}`),
    others: plan.others.map(({ name }) => name),
  };
}

type Row = readonly [
  what: string,
  wanted: readonly WantedAsset[],
  there: readonly Asset[],
  release: Pick<Release, "state" | "immutable">,
  expected: Readonly<Record<string, readonly string[]>>,
];

const NOTHING = { keep: [], remove: [], upload: [], conflicts: [], others: [] };
const ROWS: readonly Row[] = [
  ["all to do", [wanted("a"), wanted("b")], [], DRAFT, { upload: ["a", "b"] }],
  ["all done", [wanted("a")], [there("a")], DRAFT, { keep: ["a digest"] }],
  ["renamed", [wanted("a b.zip")], [there("a.b.zip", "a b.zip")], DRAFT, { keep: ["a.b.zip digest"] }],
  [
    "renamed in a way of GitHub's own",
    [wanted("中.zip", "x")],
    [there("other.zip", "x", { label: "中.zip" })],
    DRAFT,
    { keep: ["other.zip digest"] },
  ],
  ["no digests here", [wanted("a")], [there("a", "a", { digest: undefined })], DRAFT, { keep: ["a size"] }],
  [
    "a failed upload",
    [wanted("a")],
    [there("a", "", { state: "starter" })],
    DRAFT,
    { remove: ["a unfinished"], upload: ["a"] },
  ],
  ["half a file", [wanted("a", "xy")], [there("a", "x")], DRAFT, { remove: ["a size"], upload: ["a"] }],
  ["other bytes", [wanted("a", "x")], [there("a", "y")], DRAFT, { remove: ["a digest"], upload: ["a"] }],
  ["strangers", [wanted("a")], [there("b")], DRAFT, { upload: ["a"], others: ["b"] }],
  ["missing in what people use", [wanted("a")], [], PUBLISHED, { upload: ["a"] }],
  ["another in what people use", [wanted("a", "x")], [there("a", "y")], PUBLISHED, { conflicts: ["a published"] }],
  [
    "a failed upload in what people use",
    [wanted("a")],
    [there("a", "", { state: "starter" })],
    PUBLISHED,
    { remove: ["a unfinished"], upload: ["a"] },
  ],
  [
    "immutable",
    [wanted("a"), wanted("b"), wanted("c", "x")],
    [there("a"), there("c", "y")],
    IMMUTABLE,
    { keep: ["a digest"], conflicts: ["b immutable", "c immutable"] },
  ],
  ["two of one name", [wanted("a b"), wanted("a.b")], [], DRAFT, { upload: ["a b"], conflicts: ["a.b same-name"] }],
  ["an empty file", [wanted("a", "")], [], DRAFT, { conflicts: ["a empty"] }],
  ["a huge file", [{ ...wanted("a"), size: 2 ** 31 }], [], DRAFT, { conflicts: ["a too-large"] }],
  ["a file that just fits", [{ ...wanted("a"), size: 2 ** 31 - 1 }], [], DRAFT, { upload: ["a"] }],
];

test("what it takes to make assets what they should be", () => {
  for (const [what, wants, has, release, expected] of ROWS) {
    assert.deepEqual(outline(assetProblems(wants, has, release)), { ...NOTHING, ...expected }, what);
  }
});

test("a conflict names what is in the way", () => {
  const asset = there("a", "y");
  assert.equal(assetProblems([wanted("a", "x")], [asset], IMMUTABLE).conflicts[0]?.asset, asset);
});
