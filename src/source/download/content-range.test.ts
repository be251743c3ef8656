import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";
import { parseContentRange, whyNoRest } from "./content-range.ts";

it("a Content-Range is read, or nothing is understood", () => {
  for (const [header, expected] of [
    ["bytes 0-9/10", { start: 0, end: 9, size: 10 }],
    [" Bytes 5-9/*", { start: 5, end: 9 }],
    ["bytes 5-9/9", undefined],
    ["bytes 9-5/10", undefined],
    ["bytes */10", undefined],
    ["bytes 0-9", undefined],
    ["items 0-9/10", undefined],
    ["bytes -1-9/10", undefined],
    ["bytes 0-99999999999999999999/*", undefined],
    [undefined, undefined],
  ] as const) {
    assert.deepEqual(parseContentRange(header), expected, header);
  }
});

it("every range that can be is read as it was written", () => {
  const natural = fc.maxSafeNat().map((number) => Math.floor(number / 32));
  const property = fc.property(natural, natural, natural, (start, more, rest) => {
    const range = { start, end: start + more, size: start + more + rest + 1 };
    assert.deepEqual(parseContentRange(`bytes ${range.start}-${range.end}/${range.size}`), range);
  });
  fc.assert(property, { seed: 4 });
});

it("a part is the rest only where it begins at the end of what is held and is of the same version", () => {
  const held = { kind: "part", version: { etag: '"one"', size: 10 }, bytes: 4 } as const;
  const why = (header: string, etag?: string) =>
    whyNoRest(parseContentRange(header), { ...(etag !== undefined && { etag }) }, held);
  assert.equal(why("bytes 4-9/10"), undefined);
  assert.equal(why("bytes 4-6/*", '"one"'), undefined);
  assert.match(why("bytes 3-9/10") ?? "", /begins at 3/);
  assert.match(why("bytes 4-10/11") ?? "", /of 11 bytes/);
  assert.match(why("bytes 4-9/10", '"two"') ?? "", /another version/);
  assert.match(why("bytes") ?? "", /no range/);
});
