import assert from "node:assert/strict";
import { test } from "node:test";
import { notice, noticeText } from "./notice.ts";

test("a notice is data, and a line in each language", () => {
  const joined = notice("notice.keys-joined", { where: "images.yaml:2:1", key: "nginx", first: 1 });
  assert.deepEqual(joined.facts, { where: "images.yaml:2:1", key: "nginx", first: 1 });
  assert.match(noticeText(joined, "en"), /^images\.yaml:2:1: nginx was written before, at line 1/);
  assert.match(noticeText(joined, "zh-CN"), /^images\.yaml:2:1：nginx 在第 1 行/);
});
