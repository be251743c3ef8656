import assert from "node:assert/strict";
import { test } from "node:test";
import { type RateLimit, rateLimitOf } from "./rate-limit.ts";

const NOW = Date.UTC(2026, 0, 1, 12);

function answer(status: number, headers: Readonly<Record<string, string>>, message = ""): Error {
  return Object.assign(new Error(), { status, response: { headers, data: { message } } });
}

test("what an answer says of limits", () => {
  const secondary = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
  const primary = "API rate limit exceeded for installation ID 1.";
  const none = { "x-ratelimit-remaining": "0" };
  const table: readonly (readonly [answer: unknown, limit: RateLimit | undefined])[] = [
    [answer(403, { "retry-after": "7" }, secondary), { kind: "secondary", milliseconds: 7000 }],
    [answer(429, { "retry-after": "7" }), { kind: "secondary", milliseconds: 7000 }],
    [answer(403, { "retry-after": "Thu, 01 Jan 2026 12:00:09 GMT" }), { kind: "secondary", milliseconds: 9000 }],
    [answer(429, { "retry-after": "Thu, 01 Jan 2026 11:00:00 GMT" }), { kind: "secondary", milliseconds: 0 }],
    [answer(429, { "retry-after": "soon" }), { kind: "secondary", milliseconds: 60_000 }],
    [answer(403, {}, secondary), { kind: "secondary", milliseconds: 60_000 }],
    [answer(403, {}, "You have triggered an abuse detection mechanism."), { kind: "secondary", milliseconds: 60_000 }],
    [
      answer(403, { ...none, "x-ratelimit-reset": String(NOW / 1000 + 90) }, primary),
      { kind: "primary", milliseconds: 90_000, until: new Date(NOW + 90_000) },
    ],
    [answer(429, { ...none, "x-ratelimit-reset": String(NOW / 1000 - 1) }), { kind: "primary", milliseconds: 0 }],
    [answer(403, none, primary), { kind: "primary", milliseconds: 0 }],
    [answer(403, none, "Resource not accessible by integration"), undefined],
    [answer(403, {}, "Repository was archived so is read-only."), undefined],
    [answer(404, { "retry-after": "7" }), undefined],
    [answer(503, { "retry-after": "7" }), undefined],
    [new Error("no answer"), undefined],
  ];
  for (const [index, [thrown, limit]] of table.entries()) {
    assert.deepEqual(rateLimitOf(thrown, NOW), limit, `row ${index}`);
  }
});
