import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { webUrlOf } from "./remote-url.ts";

const REMOTES: readonly (readonly [remote: string, url: string | undefined])[] = [
  ["https://github.com/o/r.git", "https://github.com/o/r"],
  ["https://github.com/o/r/", "https://github.com/o/r"],
  ["https://x-access-token:ghs_1@github.com/o/r", "https://github.com/o/r"],
  ["https://git.example.org:8443/o/r.git?token=1#x", "https://git.example.org:8443/o/r"],
  ["http://git.internal/o/r.git", "http://git.internal/o/r"],
  ["git@github.com:o/r.git", "https://github.com/o/r"],
  ["github.com:o/r", "https://github.com/o/r"],
  ["git@git.example.org:/srv/o/r.git", "https://git.example.org/srv/o/r"],
  ["ssh://git@github.com/o/r.git", "https://github.com/o/r"],
  ["ssh://git@git.example.org:2222/o/r.git", "https://git.example.org/o/r"],
  ["git+ssh://git@github.com/o/r.git", "https://github.com/o/r"],
  ["git://git.example.org/r.git", "https://git.example.org/r"],
  ["file:///srv/git/r.git", undefined],
  ["/srv/git/r.git", undefined],
  ["../r.git", undefined],
  ["C:\\git\\r", undefined],
  ["work:o/r.git", undefined],
  ["s3://bucket/r", undefined],
  ["", undefined],
];

for (const [remote, url] of REMOTES) {
  test(`${remote} is found at ${url}`, () => assert.equal(webUrlOf(remote), url));
}

test("no secret of a remote comes along, whatever its form", () => {
  const secret = fc.string({ unit: fc.constantFrom(..."abcXYZ019_.~-"), minLength: 1 }).map((text) => `SECRET${text}`);
  const form = fc.constantFrom<(secret: string) => string>(
    (secret) => `https://u:${secret}@github.com/o/r.git`,
    (secret) => `https://${secret}@github.com/o/r.git`,
    (secret) => `ssh://${secret}@github.com:22/o/r.git`,
    (secret) => `${secret}@github.com:o/r.git`,
    (secret) => `https://github.com/o/r.git?${secret}#${secret}`,
  );
  fc.assert(
    fc.property(form, secret, (form, secret) => assert.equal(webUrlOf(form(secret)), "https://github.com/o/r")),
    { seed: 7, numRuns: 500 },
  );
});

test("any text is a web address or nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."ab.:/@?#% \\-[]") }), (text) => {
      const url = webUrlOf(text);
      if (url !== undefined) assert.match(url, /^https?:\/\/[^@?#]+$/);
    }),
    { seed: 7, numRuns: 3000 },
  );
});
