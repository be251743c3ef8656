import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, create, upload } from "./raw-client.ts";
import { startGitHub } from "./start.ts";

test("an immutable release takes no assets and keeps its tag and state; its words may change", async () => {
  await using github = await startGitHub({ immutableReleases: true });
  const id = await create(github, { tag_name: "v1", draft: true });
  const asset = await upload(github, id, "name=a.txt", "a");
  assert.equal(asset.status, 201, "a draft is not immutable yet");
  const published = await ask(github, "PATCH", `/releases/${id}`, { body: { draft: false, make_latest: "false" } });
  assert.equal(published.body.immutable, true);
  const refused = [
    [await upload(github, id, "name=b.txt", "b"), /^Cannot upload assets to an immutable release\.$/],
    [
      await ask(github, "DELETE", `/releases/assets/${asset.body.id}`),
      /^Cannot delete asset from an immutable release\.$/,
    ],
    [await ask(github, "PATCH", `/releases/${id}`, { body: { tag_name: "v2" } }), /^Validation Failed$/],
    [await ask(github, "PATCH", `/releases/${id}`, { body: { draft: true } }), /^Validation Failed$/],
  ] as const;
  for (const [answer, message] of refused) {
    assert.equal(answer.status, 422);
    assert.match(answer.body.message ?? "", message);
  }
  const body = { tag_name: "v1", body: "mended", name: "One", prerelease: true };
  assert.equal((await ask(github, "PATCH", `/releases/${id}`, { body })).status, 200);
  const [release] = github.releases;
  assert.deepEqual(
    [release?.tag_name, release?.draft, release?.body, release?.assets.length],
    ["v1", false, "mended", 1],
  );
});

test("a deleted immutable release burns its tag: drafts may have it, but none can be published", async () => {
  await using github = await startGitHub({ immutableReleases: true });
  const first = await create(github, { tag_name: "v1" });
  assert.equal((await ask(github, "DELETE", `/releases/${first}`)).status, 204);
  const again = await create(github, { tag_name: "v1", draft: true });
  for (const deletesTag of [false, true]) {
    if (deletesTag) github.deleteTag("v1");
    const answer = await ask(github, "PATCH", `/releases/${again}`, { body: { draft: false } });
    assert.equal(answer.status, 422);
    assert.match(answer.text, /"field":"tag_name","message":"tag_name was used by an immutable release"/);
  }
  assert.equal(github.releases[0]?.draft, true);
});

test("the setting is told to administrators, and 404 where it is off", async () => {
  await using github = await startGitHub();
  const ofRights = async (rights: "write" | "admin") => {
    github.set({ rights });
    return await ask(github, "GET", "/immutable-releases");
  };
  const denied = await ofRights("write");
  assert.deepEqual([denied.status, denied.body.message], [403, "Resource not accessible by integration"]);
  assert.equal(denied.headers.get("x-accepted-github-permissions"), "administration=read");
  assert.equal((await ofRights("admin")).status, 404);
  github.set({ immutableReleases: true });
  assert.deepEqual((await ofRights("admin")).body, { enabled: true, enforced_by_owner: false });
});

test("every immutable release is attested at its commit, and stays so", async () => {
  await using github = await startGitHub({ immutableReleases: true });
  const id = await create(github, { tag_name: "v1" });
  await ask(github, "DELETE", `/releases/${id}`);
  const path = `/attestations/sha1:${github.head}`;
  const { body } = await ask(github, "GET", `${path}?predicate_type=release`);
  assert.match(JSON.stringify(body), /"payload":"/);
  const payload = /"payload":"([^"]+)"/.exec(JSON.stringify(body))?.[1] ?? "";
  const statement = JSON.parse(Buffer.from(payload, "base64").toString());
  assert.deepEqual(statement.predicate, { repository: "acme/app", tag: "v1", purl: "pkg:github/acme/app@v1" });
  assert.deepEqual((await ask(github, "GET", `${path}?predicate_type=sbom`)).body, { attestations: [] });
  assert.deepEqual((await ask(github, "GET", `/attestations/sha1:${"0".repeat(40)}`)).body, { attestations: [] });
});
