import assert from "node:assert/strict";
import { test } from "node:test";
import { SlipwayError } from "../words/error.ts";
import { belongsToApi, parseApiUrl } from "./address.ts";

test("addresses of the API", () => {
  for (const [text, href] of [
    ["https://api.github.com", "https://api.github.com/"],
    ["https://api.github.com/", "https://api.github.com/"],
    ["https://git.example.com/api/v3/", "https://git.example.com/api/v3"],
    ["http://127.0.0.1:1234", "http://127.0.0.1:1234/"],
    ["http://localhost:1234/api/v3", "http://localhost:1234/api/v3"],
    ["http://[::1]:1234", "http://[::1]:1234/"],
  ] as const) {
    assert.equal(parseApiUrl(text).href, href);
  }
});

test("addresses that are refused, and are not quoted with what is secret", () => {
  for (const [text, reason] of [
    ["api.github.com", /not a URL/],
    ["http://api.github.com", /plain HTTP/],
    ["http://10.0.0.1/api/v3", /plain HTTP/],
    ["http://localhost.example.com", /plain HTTP/],
    ["ftp://api.github.com", /not an HTTP address/],
    ["https://me:canary@git.example.com/api/v3", /user name/],
    ["https://git.example.com/api/v3?token=canary", /more than a path/],
  ] as const) {
    assert.throws(
      () => parseApiUrl(text),
      (error) =>
        error instanceof SlipwayError &&
        error.code === "GITHUB_API_URL_INVALID" &&
        reason.test(error.message) &&
        !error.message.includes("canary"),
      text,
    );
  }
});

test("where the token may go", () => {
  const table: readonly (readonly [api: string, url: string, mayGo: boolean])[] = [
    ["https://api.github.com", "https://api.github.com/repositories/1/releases", true],
    ["https://api.github.com", "https://uploads.github.com/repos/a/b/releases/1/assets", true],
    ["https://api.github.com", "http://uploads.github.com/repos/a/b/releases/1/assets", false],
    ["https://api.github.com", "https://uploads.github.com:8443/", false],
    ["https://api.github.com", "https://uploads.github.com.evil.com/", false],
    ["https://api.github.com", "https://github.com/", false],
    ["https://api.github.com", "https://api.github.com:8443/", false],
    ["https://api.acme.ghe.com", "https://uploads.acme.ghe.com/", true],
    ["https://api.acme.ghe.com", "https://uploads.other.ghe.com/", false],
    ["https://git.example.com/api/v3", "https://git.example.com/api/uploads/repos/a/b", true],
    ["https://git.example.com/api/v3", "https://uploads.example.com/", false],
    ["https://git.example.com/api/v3", "https://uploads.github.com/", false],
    ["http://127.0.0.1:1", "http://127.0.0.1:2/", true],
    ["http://127.0.0.1:1", "http://10.0.0.1:1/", false],
    ["https://api.github.com", "http://127.0.0.1:1/", false],
  ];
  for (const [api, url, mayGo] of table) {
    assert.equal(belongsToApi(new URL(url), parseApiUrl(api)), mayGo, `${api} → ${url}`);
  }
});
