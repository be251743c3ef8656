import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { referrersTag } from "../src/oci/manifest.ts";
import {
  cosignSignature,
  cosignTag,
  type DockerRegistry,
  indexOf,
  randomImage,
  randomIndex,
  referrerTo,
  skopeoCopy,
  skopeoDigest,
  skopeoInspectRaw,
  startDockerRegistry,
  type TestImage,
} from "../src/testing/index.ts";
import { assertHolds, PLATFORMS, publish, skopeoEnd } from "./support/images.ts";
import { Workplace } from "./support/workplace.ts";

const REPOSITORY = "team/kinds";

const single = await randomImage({ seed: "kinds single" });
const index = await randomIndex({ seed: "kinds index", platforms: PLATFORMS });
const KINDS: Readonly<Record<string, TestImage>> = {
  single,
  docker: await randomImage({ seed: "kinds docker", format: "docker" }),
  index,
  list: await randomIndex({ seed: "kinds list", platforms: PLATFORMS, format: "docker" }),
  nested: indexOf([await randomIndex({ seed: "kinds inner", platforms: PLATFORMS }), single]),
  artifact: referrerTo(single.root, { seed: "kinds artifact", artifactType: "application/vnd.example.config" }),
};

/** What refers to the index: by its subject, found by the tag of the referrers, and by cosign's tag. */
const sbom = referrerTo(index.root, { seed: "kinds sbom", artifactType: "application/spdx+json" });
const COMPANIONS: Readonly<Record<string, TestImage>> = {
  [referrersTag(index.root.digest)]: indexOf([sbom]),
  [cosignTag(index.root)]: cosignSignature(index.root),
};

let source: DockerRegistry;
let destinations: readonly DockerRegistry[];

before(async () => {
  source = await startDockerRegistry();
  destinations = [await startDockerRegistry(), await startDockerRegistry()];
  await publish(source, REPOSITORY, { ...KINDS, ...COMPANIONS });
});

after(async () => {
  for (const registry of [source, ...destinations]) await registry[Symbol.asyncDispose]();
});

test("images of every kind reach two registries byte for byte, with what refers to them", async () => {
  const to = destinations.map(({ host }) => `${host}/${REPOSITORY}`).join(", ");
  await using workplace = await Workplace.with({
    "slipway.yaml": `version: 1\nmirrors:\n  - { from: ${source.host}/${REPOSITORY}, to: [${to}] }\n`,
  });
  const ended = await workplace.slipway(["sync"]);
  assert.equal(ended.code, 0, ended.stderr);
  for (const { host } of destinations) {
    await assertHolds(
      { host, repository: REPOSITORY },
      { ...KINDS, [cosignTag(index.root)]: cosignSignature(index.root) },
    );
    for (const [tag, image] of Object.entries(KINDS)) {
      const seen = await skopeoInspectRaw(skopeoEnd({ host, repository: REPOSITORY }, tag));
      assert.ok(seen === Buffer.from(image.manifests.at(-1)?.bytes ?? "").toString(), `${tag} has other bytes`);
    }
    const listed = await skopeoInspectRaw(skopeoEnd({ host, repository: REPOSITORY }, referrersTag(index.root.digest)));
    const descriptors: readonly { digest: string; artifactType: string }[] = JSON.parse(listed).manifests;
    assert.deepEqual(
      descriptors.map(({ digest, artifactType }) => [digest, artifactType]),
      [[sbom.root.digest, "application/spdx+json"]],
    );
  }
  const again = await workplace.slipway(["plan", "sync", "--detailed-exitcode"]);
  assert.equal(again.code, 0, again.stdout + again.stderr);
});

/** skopeo finds nothing in a layout but what has OCI's media types; what is Docker's is judged after its way back. */
const SEEN_IN_LAYOUTS = ["single", "index", "nested", "artifact"];

for (const [transport, file] of [
  ["oci", "layout"],
  ["oci-archive", "layout.tar"],
] as const) {
  test(`${transport}: takes and gives back images of every kind with their digests`, async () => {
    await using workplace = await Workplace.with();
    const out = await workplace.slipway(["copy", "--all-tags", `${source.host}/${REPOSITORY}`, `${transport}:${file}`]);
    assert.equal(out.code, 0, out.stderr);
    for (const kind of SEEN_IN_LAYOUTS) {
      const reference = `${transport}:${workplace.path(file)}:${kind}`;
      assert.equal(await skopeoDigest({ reference }), KINDS[kind]?.root.digest, kind);
    }
    const [back] = destinations;
    assert.ok(back !== undefined);
    const repository = `back/${transport}`;
    const home = await workplace.slipway(["copy", "--all-tags", `${transport}:${file}`, `${back.host}/${repository}`]);
    assert.equal(home.code, 0, home.stderr);
    await assertHolds({ host: back.host, repository }, KINDS);
  });
}

for (const kind of ["single", "docker", "list"]) {
  test(`docker-archive: takes one platform of ${kind}, skopeo reads it, and it comes back with the same layers`, async () => {
    await using workplace = await Workplace.with();
    const image = KINDS[kind];
    const [back] = destinations;
    assert.ok(image !== undefined && back !== undefined);
    const place = "docker-archive:image.tar";
    const from = `${source.host}/${REPOSITORY}:${kind}`;
    const out = await workplace.slipway([
      "copy",
      "--platform",
      "linux/amd64",
      from,
      `${place}:example.com/app:${kind}`,
    ]);
    assert.equal(out.code, 0, out.stderr);
    const local = { reference: `docker-archive:${workplace.path("image.tar")}` };
    const config = configOf(image);
    assert.equal(JSON.parse(await skopeoInspectRaw(local)).config.digest, config);

    const home = await workplace.slipway(["copy", place, `${back.host}/back/docker-archive:${kind}`]);
    assert.equal(home.code, 0, home.stderr);
    const end = skopeoEnd({ host: back.host, repository: "back/docker-archive" }, kind);
    assert.equal(JSON.parse(await skopeoInspectRaw(end)).config.digest, config);
    // skopeo checks each layer against the configuration's list when it unpacks what came back.
    await skopeoCopy(end, { reference: `docker-archive:${workplace.path("again.tar")}` });
  });
}

/** The configuration of an image, or of an index's first, which is for linux/amd64. */
function configOf({ manifests: [first] }: TestImage): string {
  return JSON.parse(Buffer.from(first?.bytes ?? "").toString()).config.digest;
}
