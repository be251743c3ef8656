import assert from "node:assert/strict";
import { request } from "node:http";
import { test } from "node:test";
import { digestOf } from "../../oci/digest.ts";
import { ask, upload } from "./raw-client.ts";
import { startGitHub } from "./start.ts";

test("an asset has the name that GitHub makes of it, its size, its digest and its bytes", async () => {
  await using github = await startGitHub();
  const id = github.putRelease({ tag_name: "v1", draft: true });
  const { status, body } = await upload(
    github,
    id,
    `name=${encodeURIComponent("my file (1).txt")}&label=Mine`,
    "hello",
  );
  assert.equal(status, 201);
  const { name, label, size, state, digest, content_type } = body;
  assert.deepEqual(
    { name, label, size, state, digest, content_type },
    {
      name: "my.file.1.txt",
      label: "Mine",
      size: 5,
      state: "uploaded",
      digest: digestOf("hello"),
      content_type: "text/plain",
    },
  );
  assert.deepEqual((await ask(github, "GET", `/releases/${id}/assets`)).list, [body]);
  assert.deepEqual((await ask(github, "GET", `/releases/assets/${body.id}`)).body, body);
  const headers = { accept: "application/octet-stream" };
  assert.equal((await ask(github, "GET", `/releases/assets/${body.id}`, { headers })).text, "hello");
  assert.equal((await ask(github, "DELETE", `/releases/assets/${body.id}`)).status, 204);
  assert.equal((await ask(github, "GET", `/releases/assets/${body.id}`)).status, 404);
  assert.deepEqual(github.violations, []);
});

test("one name is one asset, however it was spelt", async () => {
  await using github = await startGitHub();
  const id = github.putRelease({ tag_name: "v1", draft: true, assets: { "a b.txt": "1" } });
  const answer = await upload(github, id, "name=a.b.txt", "2");
  const errors = [{ resource: "ReleaseAsset", code: "already_exists", field: "name" }];
  assert.deepEqual([answer.status, answer.body.errors], [422, errors]);
  assert.equal(github.bytesOf(github.releases[0]?.assets[0]?.id ?? 0)?.toString(), "1");
});

test("a failed upload leaves a starter, which is in the way until it is deleted", async () => {
  await using github = await startGitHub();
  const id = github.putRelease({ tag_name: "v1", draft: true });
  github.faults.add({ operation: "repos/upload-release-asset", times: 1, fault: { kind: "starter" } });
  assert.equal((await upload(github, id, "name=a.txt", "1")).status, 502);
  const [left] = (await ask(github, "GET", `/releases/${id}/assets`)).list;
  assert.deepEqual([left?.state, left?.size, left?.digest], ["starter", 0, null]);
  assert.equal((await upload(github, id, "name=a.txt", "1")).status, 422);
  await ask(github, "DELETE", `/releases/assets/${left?.id}`);
  assert.equal((await upload(github, id, "name=a.txt", "1")).status, 201);
});

test("an empty file is none", async () => {
  await using github = await startGitHub();
  const id = github.putRelease({ tag_name: "v1", draft: true });
  const answer = await upload(github, id, "name=a.txt", "");
  assert.equal(answer.status, 422);
  assert.match(answer.text, /"field":"size","message":"size must be greater than or equal to 1"/);
});

test("an upload without a length or a type is refused", async () => {
  await using github = await startGitHub();
  const id = github.putRelease({ tag_name: "v1", draft: true });
  const send = (headers: Record<string, string>) =>
    new Promise<string>((resolve, reject) => {
      const url = `${github.uploadsUrl}/repos/acme/app/releases/${id}/assets?name=a`;
      const known = { authorization: `token ${github.token}`, "user-agent": "test", ...headers };
      const sent = request(url, { method: "POST", headers: known }, (answer) => {
        answer.setEncoding("utf8");
        let text = `${answer.statusCode} `;
        answer.on("data", (chunk) => {
          text += chunk;
        });
        answer.on("end", () => resolve(text));
      });
      sent.on("error", reject);
      sent.write("x");
      sent.end();
    });
  assert.match(await send({ "content-type": "text/plain" }), /^400 .*"Bad Content-Length: "/);
  assert.match(await send({ "content-length": "1" }), /^400 .*"Multipart form data required"/);
  assert.deepEqual(github.releases[0]?.assets, []);
});

test("uploads go to the uploads' address only, and need a name", async () => {
  await using github = await startGitHub();
  const id = github.putRelease({ tag_name: "v1", draft: true });
  assert.equal((await ask(github, "POST", `/releases/${id}/assets?name=a`, { body: "x" })).status, 404);
  assert.equal((await upload(github, id, "label=a", "x")).status, 400);
  assert.equal(github.violations.length, 3);
});

test("old Enterprise servers tell no digests", async () => {
  await using github = await startGitHub({ kind: "enterprise", digests: false });
  const id = github.putRelease({ tag_name: "v1", draft: true });
  assert.match(github.apiUrl, /\/api\/v3$/);
  assert.match(
    github.releases[0]?.upload_url ?? "",
    /\/api\/uploads\/repos\/acme\/app\/releases\/\d+\/assets\{\?name,label\}$/,
  );
  assert.equal((await upload(github, id, "name=a.txt", "x")).body.digest, null);
});

test("a release takes a thousand assets", async () => {
  await using github = await startGitHub();
  const assets = Object.fromEntries(Array.from({ length: 1000 }, (_, number) => [`${number}.txt`, "x"]));
  const id = github.putRelease({ tag_name: "v1", draft: true, assets });
  assert.match((await upload(github, id, "name=last.txt", "x")).text, /file_count limited to 1000/);
  const { list, headers } = await ask(github, "GET", `/releases/${id}/assets?per_page=100&page=10`);
  assert.deepEqual([list.length, list[99]?.name], [100, "999.txt"]);
  assert.doesNotMatch(headers.get("link") ?? "", /rel="next"/);
});
