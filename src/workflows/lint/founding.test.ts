import assert from "node:assert/strict";
import { test } from "node:test";
import { textOfFixture } from "./fixtures.ts";
import { lintText } from "./lint-text.ts";

/** The workflow that the first users had: their sync by image-syncer, with `images.yaml` made in the script. */
test("the founding workflow: what is wrong with it, the lost destination included", () => {
  const found = lintText("sync.yml", textOfFixture("founding-sync.yml")).map(
    ({ key, severity, place: { line, column }, facts }) => [line, column, severity, key.slice(5), facts],
  );
  const inAuth = (secret: string) => ({ secret, file: "auth.yaml" });
  const download =
    "https://github.com/AliyunContainerService/image-syncer/releases/download/v1.5.5/image-syncer-v1.5.5-linux-amd64.tar.gz";
  assert.deepEqual(found, [
    [5, 13, "info", "schedule-on-the-hour", { cron: "0 0 * * *" }],
    [14, 3, "warning", "concurrency-missing", { job: "sync" }],
    [14, 3, "warning", "timeout-missing", { job: "sync" }],
    [19, 15, "error", "unpinned-action", { action: "actions/checkout@v4" }],
    [19, 15, "warning", "persist-credentials", {}],
    [23, 11, "warning", "download-unverified", { url: download }],
    [32, 24, "error", "secrets-in-env-scope.heredoc", inAuth("AZURE_ACR_USERNAME")],
    [33, 24, "error", "secrets-in-env-scope.heredoc", inAuth("AZURE_ACR_PASSWORD")],
    [35, 24, "error", "secrets-in-env-scope.heredoc", inAuth("ALIYUN_ACR_USERNAME")],
    [36, 24, "error", "secrets-in-env-scope.heredoc", inAuth("ALIYUN_ACR_PASSWORD")],
    [
      44,
      11,
      "error",
      "duplicate-key.heredoc",
      { file: "images.yaml", key: "docker.io/newbe36524/hagicode", first: 43 },
    ],
    [50, 11, "info", "sync-by-slipway", { program: "image-syncer" }],
    [54, 15, "error", "unpinned-action", { action: "actions/upload-artifact@v4" }],
  ]);
});
