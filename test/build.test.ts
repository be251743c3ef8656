import assert from "node:assert/strict";
import { mkdir, symlink } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import {
  type DockerEngineUnderTest,
  type DockerRegistry,
  skopeoDigest,
  skopeoInspectRaw,
  startDockerd,
  startDockerRegistry,
  startGitHub,
} from "../src/testing/index.ts";
import { pathOf } from "../src/testing/servers/program.ts";
import { buildahHome } from "./support/buildah-home.ts";
import { Checkout } from "./support/checkout.ts";
import { labelsAt, type Place, skopeoEnd } from "./support/images.ts";
import { journals } from "./support/journals.ts";
import { yaml } from "./support/release-stage.ts";
import { Workplace } from "./support/workplace.ts";

const REPOSITORY = "acme/app";
const USER = "alice";
const PASSWORD = "canary-htpasswd";
const LOGIN = { username: USER, password: PASSWORD };
/** Nothing that would have to run: an engine without networks, and a platform that is not this machine's, build it. */
const DOCKERFILE =
  'FROM scratch AS made\nCOPY files /app\nFROM scratch\nCOPY --from=made /app /app\nENTRYPOINT ["/app/run"]\n';
const NO_ENGINE = "unix:///nowhere/docker.sock";
const TOOLS = { docker: "docker-cli", buildah: "buildah", git: "git" };

let engine: DockerEngineUnderTest;
let basic: DockerRegistry;
let open: DockerRegistry;

before(async () => {
  [engine, basic, open] = await Promise.all([
    startDockerd(),
    startDockerRegistry({ auth: { kind: "basic", users: { [USER]: PASSWORD } } }),
    startDockerRegistry(),
  ]);
});

after(async () => {
  for (const server of [engine, basic, open]) await server[Symbol.asyncDispose]();
});

/** A PATH with these programs alone. */
async function pathWith(workplace: Workplace, names: readonly (keyof typeof TOOLS)[]): Promise<string> {
  const folder = workplace.path("home/bin");
  await mkdir(folder, { recursive: true });
  for (const name of names) await symlink(await pathOf({ name, aptPackage: TOOLS[name] }), `${folder}/${name}`);
  return folder;
}

async function builders(workplace: Workplace): Promise<readonly (string | undefined)[]> {
  const lines = await journals(workplace);
  return lines.filter(({ state, kind }) => state === "intent" && kind === "build").map(({ subject }) => subject);
}

describe("a Dockerfile, published", { concurrency: 2 }, () => {
  for (const [builder, platforms] of [
    ["docker", []],
    ["buildah", ["linux/amd64", "linux/arm64"]],
  ] as const) {
    const what = platforms.length === 0 ? "for this machine" : `for ${platforms.join(" and ")}`;
    test(`built with ${builder} ${what}, it is the same at both registries and is not built again`, async () => {
      const repository = `${REPOSITORY}-${builder}`;
      await using github = await startGitHub();
      await using checkout = await Checkout.of({
        "slipway.yaml": yaml({
          registries: {
            hub: { image: `${basic.host}/${repository}`, ...LOGIN },
            azure: { image: `${open.host}/${repository}` },
          },
          build: { with: builder, ...(platforms.length > 0 && { platforms }) },
          tags: ["{{version}}", "latest"],
          release: { github: REPOSITORY },
        }),
        Dockerfile: DOCKERFILE,
        "files/run": "#!/bin/sh\n",
      });
      const revision = await checkout.git("rev-parse", "HEAD");
      const env = {
        ...(await buildahHome(checkout.path("home/buildah"), open.host)),
        PATH: `${await pathWith(checkout, ["docker"])}:/usr/bin:/bin`,
        DOCKER_HOST: engine.host,
        GITHUB_API_URL: github.apiUrl,
        GITHUB_TOKEN: github.token,
      };
      const places: readonly Place[] = [
        { host: basic.host, repository, credentials: `${USER}:${PASSWORD}` },
        { host: open.host, repository },
      ];

      const pushed = await checkout.slipway(["push", "--for", "1.2.3", "--json"], { env });
      assert.equal(pushed.code, 0, pushed.stderr);
      const { digest } = JSON.parse(pushed.stdout).image;
      const released = await checkout.slipway(["release", "1.2.3", "--json"], { env });
      assert.equal(released.code, 0, released.stderr);
      assert.equal(JSON.parse(released.stdout).image.digest, digest);
      assert.deepEqual(await builders(checkout), ["1.2.3"]);
      assert.equal(github.latest, "v1.2.3");

      for (const place of places) {
        for (const tag of ["1.2.3", "latest"]) assert.equal(await skopeoDigest(skopeoEnd(place, tag)), digest);
        const { manifests } = JSON.parse(await skopeoInspectRaw(skopeoEnd(place, "1.2.3")));
        const architectures = manifests?.map(
          ({ platform }: { platform: { architecture: string } }) => platform.architecture,
        );
        assert.deepEqual(architectures, platforms.length === 0 ? undefined : ["amd64", "arm64"]);
        for (const architecture of platforms.length === 0 ? [undefined] : ["amd64", "arm64"]) {
          const labels = await labelsAt(place, "1.2.3", architecture);
          assert.equal(labels["org.opencontainers.image.revision"], revision);
          assert.equal(labels["org.opencontainers.image.version"], "1.2.3");
        }
      }

      // another machine: what a registry serves is the build
      await checkout.remove(".slipway");
      const elsewhere = await checkout.slipway(["release", "1.2.3"], { env: { ...env, DOCKER_HOST: NO_ENGINE } });
      assert.equal(elsewhere.code, 0, elsewhere.stderr);
      assert.deepEqual(await builders(checkout), []);
    });
  }
});

describe("slipway build in a folder with a Dockerfile and nothing else", { concurrency: 3 }, () => {
  const files = { Dockerfile: DOCKERFILE, "files/run": "#!/bin/sh\n" };

  for (const [name, programs, host, used] of [
    ["docker, where an engine answers", ["docker", "buildah"], "engine", "docker"],
    ["buildah, where no engine answers", ["docker", "buildah"], "none", "buildah"],
    ["buildah, where docker is not installed", ["buildah"], "none", "buildah"],
  ] as const) {
    test(`uses ${name}`, async () => {
      await using workplace = await Workplace.with(files);
      const env = {
        ...(await buildahHome(workplace.path("home/buildah"), open.host)),
        PATH: await pathWith(workplace, programs),
        DOCKER_HOST: host === "engine" ? engine.host : NO_ENGINE,
      };
      const ended = await workplace.slipway(["build", "--json"], { env });
      assert.equal(ended.code, 0, ended.stderr);
      const report = JSON.parse(ended.stdout);
      const built = report.steps.find(({ step }: { step: string }) => step === "build");
      assert.match(built.facts.builder, new RegExp(`^${used}, linux/`));
      assert.match(
        ended.stderr,
        /is in oci:\.slipway\/layout; `slipway copy oci:\.slipway\/layout:latest DESTINATION`/,
      );
      // what it says works
      const to = `${open.host}/built-${used}-${programs.length}`;
      const copied = await workplace.slipway(["copy", "oci:.slipway/layout:latest", `${to}:1`]);
      assert.equal(copied.code, 0, copied.stderr);
      assert.equal(await skopeoDigest({ reference: `docker://${to}:1` }), report.image.digest);
    });
  }

  test("says why where neither can", async () => {
    await using workplace = await Workplace.with(files);
    const env = { PATH: await pathWith(workplace, ["docker"]), DOCKER_HOST: NO_ENGINE };
    const ended = await workplace.slipway(["build"], { env });
    assert.equal(ended.code, 1, ended.stderr);
    assert.match(ended.stderr, /BUILDER_NONE/);
    assert.match(ended.stderr, /docker[\s\S]*buildah/);
    assert.deepEqual(await builders(workplace), []);
  });

  test("without a Dockerfile there is nothing to build: exit 2", async () => {
    await using workplace = await Workplace.with();
    const ended = await workplace.slipway(["build"]);
    assert.equal(ended.code, 2, ended.stderr);
    assert.match(ended.stderr, /holds no Dockerfile/);
  });

  test("a Dockerfile that fails: exit 1, the builder's last words, nothing in the layout", async () => {
    await using workplace = await Workplace.with({ Dockerfile: "FROM scratch\nCOPY missing /app\n" });
    const env = { ...(await buildahHome(workplace.path("home/buildah"), open.host)), DOCKER_HOST: NO_ENGINE };
    const ended = await workplace.slipway(["build"], { env });
    assert.equal(ended.code, 1, ended.stderr);
    assert.match(ended.stderr, /✗ build +BUILD_FAILED\nerror: .*missing/s);
    assert.deepEqual(await workplace.filesBelow(".slipway/layout/blobs"), []);
  });
});
