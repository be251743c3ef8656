import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { delimiter, join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { temporaryFolder } from "../../target/temporary-folder.ts";
import { build } from "../build.ts";
import { builderProblems } from "../builder-problems.ts";
import { chooseBuilder } from "../choose-builder.ts";
import type { BuildEvent, DockerfileBuilder } from "../request.ts";
import { CREATED, configJson, LABELS, manifestJson, requestIn, writeFiles } from "../sample.ts";
import { installStandIn, type StandIn } from "./buildx-stand-in.ts";

const CONTAINER = { name: "slipway", driver: "docker-container" };
const DEFAULT = { name: "default", driver: "docker" };
const REMOTE = { name: "farm", driver: "remote" };

/** An engine that says that it is there, and no more: buildx is what would talk to it. */
async function engineIn(context: TestContext, folder: string): Promise<string> {
  const path = join(folder, "docker.sock");
  const server = createServer((request, response) => {
    response.writeHead(request.url === "/_ping" ? 200 : 404).end("OK");
  }).listen(path);
  await once(server, "listening");
  context.after(() => server.close().closeAllConnections());
  return `unix://${path}`;
}

async function scene(
  context: TestContext,
  standIn: StandIn,
  others: Partial<DockerfileBuilder> = {},
  isEngineUp = true,
) {
  const folder = await temporaryFolder(context);
  await mkdir(join(folder, "bin"));
  const host = isEngineUp ? await engineIn(context, folder) : `unix://${join(folder, "nobody.sock")}`;
  const environment = await installStandIn(join(folder, "bin"), standIn, { DOCKER_HOST: host });
  const dockerfile = "FROM scratch\nCOPY hello /\n";
  const context_ = await writeFiles(join(folder, "context"), { Dockerfile: dockerfile, Broken: "FROM x\nRUN false\n" });
  const builder: DockerfileBuilder = {
    ...{ with: "docker", context: context_, dockerfile: join(context_, "Dockerfile") },
    ...{ args: {}, platforms: [], ...others },
  };
  const events: BuildEvent[] = [];
  const tell = (event: BuildEvent) => void events.push(event);
  const request = requestIn(folder, builder, { environment, tell });
  /** The arguments of each build. */
  const builds = async (): Promise<readonly (readonly string[])[]> => {
    const text = await readFile(join(folder, "bin", "arguments"), "utf8").catch(() => "");
    return text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));
  };
  return { folder, environment, builder, request, events, builds };
}

describe("buildx", () => {
  const platforms = [
    { os: "linux", architecture: "amd64" },
    { os: "linux", architecture: "arm", variant: "v7" },
  ];

  it("is given what was asked for, and nothing else", async (context) => {
    const { folder, request, builds, builder } = await scene(
      context,
      { instances: [CONTAINER] },
      {
        target: "final",
        args: { VERSION: "1.0", A: "b c=d" },
        platforms,
        cacheFrom: ["type=gha"],
        cacheTo: ["type=gha,mode=max"],
        provenance: "mode=max",
        sbom: true,
      },
    );
    await build(request);
    const [command = [], ...others] = await builds();
    assert.deepEqual(others, []);
    const archive = /dest=(.*\/temporary\/\.slipway-[^/]+\/0),/.exec(command.join(" "))?.[1];
    assert.ok(archive?.startsWith(folder));
    assert.deepEqual(command, [
      "buildx",
      "build",
      "--builder=slipway",
      "--progress=plain",
      `--output=type=oci,dest=${archive},tar=true`,
      `--file=${builder.dockerfile}`,
      "--target=final",
      "--platform=linux/amd64,linux/arm/v7",
      "--build-arg=A=b c=d",
      "--build-arg=VERSION=1.0",
      "--label=org.opencontainers.image.revision=abc",
      "--label=org.opencontainers.image.title=sample",
      "--annotation=manifest:org.opencontainers.image.revision=abc",
      "--annotation=manifest:org.opencontainers.image.title=sample",
      "--provenance=mode=max",
      "--sbom=true",
      "--cache-from=type=gha",
      "--cache-to=type=gha,mode=max",
      builder.context,
    ]);
  });

  it("brings several platforms with their attestations, whose images keep their digests", async (context) => {
    const { folder, request, events } = await scene(context, { instances: [CONTAINER] }, { platforms });
    const built = await build(request);
    await request.layout.close();
    assert.deepEqual(built, {
      descriptor: await request.layout.resolve("1.0"),
      platforms,
      builder: { name: "buildx", version: "v0.19.2", instance: "slipway", driver: "docker-container" },
    });
    const index = await manifestJson(request.layout, "1.0");
    assert.deepEqual(index.annotations, LABELS);
    assert.equal(index.manifests.length, 4);
    for (const [at, { digest }] of index.manifests.slice(0, 2).entries()) {
      assert.deepEqual((await manifestJson(request.layout, digest)).annotations, LABELS);
      const { created, config } = await configJson(request.layout, digest);
      assert.deepEqual(config.Labels, LABELS);
      assert.equal(created, `${CREATED.toISOString().slice(0, 19)}.000Z`);
      const attestation = index.manifests[at + 2];
      assert.equal(attestation.annotations["vnd.docker.reference.digest"], digest);
      assert.equal((await manifestJson(request.layout, attestation.digest)).annotations, undefined);
    }
    assert.ok(events.some((event) => event.kind === "output" && event.line === "#6 DONE 0.0s"));
    assert.deepEqual(await readdir(join(folder, "temporary")), []);
  });

  it("brings one platform without attestations as a manifest", async (context) => {
    const { request } = await scene(context, { instances: [CONTAINER] }, { provenance: "false" });
    const built = await build(request);
    assert.equal(built.descriptor.mediaType, "application/vnd.oci.image.manifest.v1+json");
    assert.deepEqual((await manifestJson(request.layout, "1.0")).annotations, LABELS);
    await request.layout.close();
  });

  it("that fails is quoted, and leaves nothing", async (context) => {
    const { folder, builder, request } = await scene(context, { instances: [CONTAINER] });
    const broken = { ...request, builder: { ...builder, dockerfile: join(builder.context, "Broken") } };
    await assert.rejects(build(broken), {
      code: "BUILD_FAILED",
      message:
        'docker buildx did not build the image (exit code 1): ERROR: failed to solve: process "/bin/sh -c false" did not complete successfully: exit code: 1',
    });
    assert.equal(await request.layout.resolve("1.0"), undefined);
    assert.deepEqual(await readdir(join(folder, "temporary")), []);
  });

  for (const [what, standIn, isEngineUp, instance] of [
    ["the chosen one", { instances: [CONTAINER, DEFAULT] }, true, "slipway"],
    ["one in a container where the engine's own cannot", { instances: [DEFAULT, CONTAINER] }, true, "slipway"],
    ["the engine's own where images are in containerd", { instances: [DEFAULT], containerd: true }, true, "default"],
    ["one elsewhere, without an engine here", { instances: [REMOTE] }, false, "farm"],
  ] as const) {
    it(`uses as its builder ${what}`, async (context) => {
      const { request, environment, builder } = await scene(context, standIn, {}, isEngineUp);
      assert.deepEqual(await builderProblems(builder, environment), []);
      const { builder: facts } = await build(request);
      assert.equal(facts.name === "buildx" ? facts.instance : undefined, instance);
      await request.layout.close();
    });
  }

  for (const [what, standIn, isEngineUp, code] of [
    ["no builder that can write an archive", { instances: [DEFAULT] }, true, "BUILDX_CANNOT_EXPORT"],
    ["no engine for a builder in a container", { instances: [CONTAINER] }, false, "DAEMON_UNREACHABLE"],
    ["no engine at all", { instances: [DEFAULT] }, false, "DAEMON_UNREACHABLE"],
  ] as const) {
    it(`says before it builds that there is ${what}`, async (context) => {
      const { request, environment, builder, builds } = await scene(context, standIn, {}, isEngineUp);
      const problems = await builderProblems(builder, environment);
      assert.deepEqual(
        problems.map((problem) => problem.code),
        [code],
      );
      await assert.rejects(build(request), { code });
      assert.deepEqual(await builds(), []);
    });
  }

  it("that only lacks a builder is what is told where nobody has chosen a program", async (context) => {
    const { environment, builder } = await scene(context, { instances: [DEFAULT] });
    const nowhere = { ...environment, PATH: environment.PATH.split(delimiter)[0] };
    await assert.rejects(chooseBuilder(nowhere, builder.context), { code: "BUILDX_CANNOT_EXPORT" });
  });
});
