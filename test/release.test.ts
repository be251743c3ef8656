import assert from "node:assert/strict";
import { test } from "node:test";
import { digestOf } from "../src/oci/digest.ts";
import { skopeoDigest, skopeoInspectRaw, startDockerRegistry, startGitHub } from "../src/testing/index.ts";
import { Checkout } from "./support/checkout.ts";
import { type CountingFront, startCountingFront } from "./support/counting-front.ts";
import { labelsAt, type Place, skopeoEnd } from "./support/images.ts";
import { LAYERS_BUILD, yaml } from "./support/release-stage.ts";

const REPOSITORY = "acme/app";
const USERS = { alice: "canary-basic" };
const LABEL = "org.opencontainers.image";

test("a version goes to three real registries, each with its own login, and to GitHub; again: nothing is written", async () => {
  await using open = await startDockerRegistry();
  await using basic = await startDockerRegistry({ auth: { kind: "basic", users: USERS } });
  await using token = await startDockerRegistry({ auth: { kind: "token", users: USERS, expiresInSeconds: 60 } });
  await using fronts = new AsyncDisposableStack();
  const behind = async ({ host }: { host: string }) => fronts.use(await startCountingFront(host));
  const [hub, aliyun, azure] = [await behind(basic), await behind(token), await behind(open)];
  const counted: readonly CountingFront[] = [hub, aliyun, azure];
  await using github = await startGitHub();
  const login = { username: "alice", password: "$" + "{PASSWORD}" };
  await using checkout = await Checkout.of({
    "slipway.yaml": yaml({
      registries: {
        hub: { image: `${hub.host}/${REPOSITORY}`, ...login },
        aliyun: { image: `${aliyun.host}/${REPOSITORY}`, ...login },
        azure: { image: `${azure.host}/${REPOSITORY}` },
      },
      build: LAYERS_BUILD,
      tags: ["{{version}}", "{{major}}.{{minor}}", "latest"],
      release: { github: REPOSITORY, assets: ["thing-{{version}}.zip"] },
    }),
    "files/run": "#!/bin/sh\necho run\n",
  });
  const revision = await checkout.git("rev-parse", "HEAD");
  await checkout.git("tag", "v1.2.3");
  await checkout.write("thing-1.2.3.zip", "the asset");
  const env = { GITHUB_API_URL: github.apiUrl, GITHUB_TOKEN: github.token, PASSWORD: USERS.alice };

  // the version is that of the git tag
  const first = await checkout.slipway(["release", "--json"], { env });
  assert.equal(first.code, 0, first.stderr);
  const report = JSON.parse(first.stdout);
  const { digest } = report.image;
  assert.deepEqual(report.image, {
    name: "app",
    version: "1.2.3",
    revision,
    digest,
    tags: ["1.2.3"],
    floatingTags: ["1.2", "latest"],
  });

  const credentials = `alice:${USERS.alice}`;
  const places: readonly Place[] = [
    { host: basic.host, repository: REPOSITORY, credentials },
    { host: token.host, repository: REPOSITORY, credentials },
    { host: open.host, repository: REPOSITORY },
  ];
  for (const place of places) {
    for (const tag of ["1.2.3", "1.2", "latest"]) assert.equal(await skopeoDigest(skopeoEnd(place, tag)), digest, tag);
    for (const architecture of ["amd64", "arm64"]) {
      const labels = await labelsAt(place, "1.2.3", architecture);
      const told = ["version", "revision", "created", "title"].map((name) => labels[`${LABEL}.${name}`]);
      assert.deepEqual(told, ["1.2.3", revision, "2026-01-02T03:01:00.000Z", "app"]);
    }
    const { annotations, manifests } = JSON.parse(await skopeoInspectRaw(skopeoEnd(place, "1.2.3")));
    assert.equal(annotations[`${LABEL}.revision`], revision);
    assert.equal(manifests.length, 2);
  }

  assert.equal(github.releases.length, 1);
  const [release] = github.releases;
  const { tag_name, draft, prerelease, body } = release ?? {};
  assert.deepEqual({ tag_name, draft, prerelease }, { tag_name: "v1.2.3", draft: false, prerelease: false });
  for (const { host } of counted) {
    const line = `| \`${host}/${REPOSITORY}:1.2.3\` | \`${host}/${REPOSITORY}@${digest}\` |`;
    assert.ok(body?.split("\n").includes(line), `${body}`);
  }
  const [asset] = release?.assets ?? [];
  assert.deepEqual([asset?.name, asset?.state, asset?.digest], ["thing-1.2.3.zip", "uploaded", digestOf("the asset")]);
  assert.equal(github.latest, "v1.2.3");
  assert.equal(report.url, release?.html_url);

  github.requests.clear();
  for (const front of counted) front.clear();
  const second = await checkout.slipway(["release", "1.2.3"], { env });
  assert.equal(second.code, 0, second.stderr);
  assert.deepEqual(github.requests.writes(), []);
  assert.deepEqual(
    counted.map(({ writes }) => writes),
    [0, 0, 0],
  );
  assert.ok(counted.every(({ requests }) => requests > 0));
  assert.deepEqual(github.violations, []);
});
