import assert from "node:assert/strict";
import { test } from "node:test";
import { descriptorOf } from "../oci/descriptor.ts";
import { bodyOf } from "./bytes.ts";
import type { Body, ReadOptions } from "./target.ts";
import { verified } from "./verified.ts";

const BYTES = Buffer.from("0123456789abcdefghij");
const BLOB = descriptorOf(BYTES, "text/plain");
const WRONG = Buffer.from("0123456789abcdefghiJ");
const CUT = new Error("cut");

/** Reads of one body, one after the other, in pieces of three bytes: what is given, and which bytes of it. */
interface Read {
  readonly offset?: number;
  readonly bytes?: Buffer;
  /** The read breaks off before this byte. */
  readonly cutAt?: number;
}

/** What each read gave, and how it ended. */
async function reads(list: readonly Read[]): Promise<readonly (readonly [string, string])[]> {
  const left = [...list];
  const source: Body = async (sink, { offset = 0 }: ReadOptions = {}) => {
    const { bytes = BYTES, cutAt = bytes.byteLength } = left.shift() ?? {};
    for (let at = offset; at < cutAt; at += 3) await sink(bytes.subarray(at, Math.min(at + 3, cutAt)));
    if (cutAt < bytes.byteLength) throw CUT;
  };
  const body = verified("the source", BLOB, source);
  const results: (readonly [string, string])[] = [];
  for (const { offset } of list) {
    let given = "";
    const take = (chunk: Uint8Array) => {
      given += Buffer.from(chunk).toString();
      return undefined;
    };
    const end = await body(take, offset === undefined ? {} : { offset }).then(
      () => "whole",
      (error: unknown) => (error === CUT ? "cut" : String(error instanceof Error && "code" in error && error.code)),
    );
    results.push([given, end]);
  }
  return results;
}

const ALL = BYTES.toString();
for (const [what, list, expected] of [
  ["a right body is given", [{}], [[ALL, "whole"]]],
  ["of a wrong one the last chunk is held back", [{ bytes: WRONG }], [["0123456789abcdefgh", "CONTENT_MISMATCH"]]],
  ["a short one is refused", [{ bytes: BYTES.subarray(0, 9) }], [["012345678", "CONTENT_MISMATCH"]]],
  [
    "a long one stops at the first byte too many",
    [{ bytes: Buffer.concat([BYTES, BYTES]) }],
    [["0123456789abcdefgh", "CONTENT_MISMATCH"]],
  ],
  [
    "a read that broke off is gone on with, and checked",
    [{ cutAt: 10 }, { offset: 7, cutAt: 12 }, { offset: 12, bytes: WRONG }],
    [
      ["0123456789", "cut"],
      ["789ab", "cut"],
      ["cdefgh", "CONTENT_MISMATCH"],
    ],
  ],
  [
    "a read that broke off is gone on with, and is right",
    [{ cutAt: 10 }, { offset: 4 }],
    [
      ["0123456789", "cut"],
      [ALL.slice(4), "whole"],
    ],
  ],
  [
    "a read from the beginning is a new check",
    [{ bytes: WRONG }, {}, { bytes: WRONG }],
    [
      ["0123456789abcdefgh", "CONTENT_MISMATCH"],
      [ALL, "whole"],
      ["0123456789abcdefgh", "CONTENT_MISMATCH"],
    ],
  ],
  [
    "what is known to be right may be read again in part",
    [{}, { offset: 15 }],
    [
      [ALL, "whole"],
      [ALL.slice(15), "whole"],
    ],
  ],
  ["from where nobody has read to, bytes pass unchecked", [{ offset: 15, bytes: WRONG }], [["fghiJ", "whole"]]],
] as const) {
  test(`verified: ${what}`, async () => {
    assert.deepEqual(await reads(list), expected);
  });
}

test("verified: readers at the same time have a check each", async () => {
  const body = verified("the source", BLOB, bodyOf(BYTES));
  const given = await Promise.all(
    [0, 0, 5].map(async (offset) => {
      let text = "";
      await body(
        async (chunk) => {
          await null;
          text += Buffer.from(chunk).toString();
        },
        { offset },
      );
      return text;
    }),
  );
  assert.deepEqual(given, [ALL, ALL, ALL.slice(5)]);
});

test("verified: an empty blob is right, and a byte in its place is not", async () => {
  const empty = descriptorOf(new Uint8Array(0), "text/plain");
  await verified("the source", empty, bodyOf(new Uint8Array(0)))(() => undefined);
  await assert.rejects(
    verified("the source", empty, bodyOf(BYTES))(() => undefined),
    { code: "CONTENT_MISMATCH" },
  );
});
