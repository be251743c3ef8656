import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { temporaryFolder } from "../../target/temporary-folder.ts";
import { type DockerEngineUnderTest, startDockerd } from "../../testing/index.ts";
import { build } from "../build.ts";
import { builderProblems } from "../builder-problems.ts";
import { chooseBuilder } from "../choose-builder.ts";
import type { BuildEvent, BuildRequest, DockerfileBuilder } from "../request.ts";
import { configJson, LABELS, manifestJson, requestIn, writeFiles } from "../sample.ts";

const DOCKERFILE = "FROM scratch AS first\nARG WHO\nCOPY hello /srv/\nENV WHO=$WHO\nFROM first\nCOPY hello /other\n";

/** Docker's own builder; Debian's docker.io comes without buildx. */
describe("the Docker engine's own builder", () => {
  let engine: DockerEngineUnderTest;
  let environment: NodeJS.ProcessEnv;

  before(async () => {
    engine = await startDockerd();
    environment = { ...process.env, DOCKER_HOST: engine.host, DOCKER_CONFIG: "/nonexistent" };
  });
  after(() => engine[Symbol.asyncDispose]());

  const docker = async (...args: readonly string[]) => {
    return (await promisify(execFile)("docker", args, { env: environment })).stdout.trim();
  };

  async function requestOf(folder: string, others: Partial<DockerfileBuilder> = {}) {
    const context = await writeFiles(join(folder, "context"), {
      Dockerfile: DOCKERFILE,
      Broken: "FROM scratch\nCOPY nothing /\n",
      hello: "hello",
    });
    const builder: DockerfileBuilder = {
      ...{ with: "docker", context, dockerfile: join(context, "Dockerfile"), args: {}, platforms: [] },
      ...others,
    };
    const events: BuildEvent[] = [];
    const tell = (event: BuildEvent) => void events.push(event);
    const request: BuildRequest<DockerfileBuilder> = requestIn(folder, builder, { environment, tell });
    return { request, events };
  }

  it("makes one image, whose configuration is the engine's to the byte", async (context) => {
    const folder = await temporaryFolder(context);
    const { request, events } = await requestOf(folder, { target: "first", args: { WHO: "me" } });
    const built = await build(request);
    await request.layout.close();
    assert.deepEqual(built.platforms, [{ os: "linux", architecture: "amd64" }]);
    assert.match(built.builder.name === "docker" ? built.builder.version : "", /^\d+\.\d+\.\d+/);
    assert.deepEqual(await request.layout.resolve("1.0"), built.descriptor);
    const manifest = await manifestJson(request.layout, "1.0");
    assert.deepEqual(manifest.annotations, LABELS);
    assert.equal(manifest.config.mediaType, "application/vnd.oci.image.config.v1+json");
    const config = await configJson(request.layout, "1.0");
    assert.deepEqual(config.config.Labels, LABELS);
    assert.ok(config.config.Env.includes("WHO=me"));
    const lines = events.flatMap((event) => (event.kind === "output" ? event.line : []));
    const id = /^Successfully built (\w+)$/.exec(
      lines.find((line) => line.startsWith("Successfully built")) ?? "",
    )?.[1];
    assert.ok(id !== undefined && manifest.config.digest.startsWith(`sha256:${id}`), id);
    assert.deepEqual(await readdir(join(folder, "temporary")), []);
  });

  it("leaves no name in the engine, whether it builds or fails", async (context) => {
    const folder = await temporaryFolder(context);
    const { request } = await requestOf(folder);
    await build(request);
    const broken = { ...request.builder, dockerfile: join(request.builder.context, "Broken") };
    await assert.rejects(build({ ...request, tag: "2.0", builder: broken }), {
      code: "BUILD_FAILED",
      message:
        /^docker build did not build the image \(exit code 1\): COPY failed: .*no such file|not found|does not exist/,
    });
    await request.layout.close();
    assert.equal(await request.layout.resolve("2.0"), undefined);
    assert.equal(await docker("images", "--format={{.Repository}}", "--filter=reference=localhost/*"), "");
    assert.equal((await manifestJson(request.layout, "1.0")).layers.length, 2);
  });

  it("says before it builds what only buildx can", async (context) => {
    const { request } = await requestOf(await temporaryFolder(context), {
      platforms: [
        { os: "linux", architecture: "amd64" },
        { os: "linux", architecture: "arm64" },
      ],
      cacheTo: ["type=inline"],
      provenance: "true",
      sbom: true,
    });
    const problems = await builderProblems(request.builder, environment);
    assert.deepEqual(
      problems.map(({ message }) => message),
      [
        "the Docker engine without buildx cannot build for several platforms",
        "the Docker engine without buildx cannot use a build cache that is kept elsewhere",
        "the Docker engine without buildx cannot attest provenance",
        "the Docker engine without buildx cannot attest an SBOM",
      ],
    );
    await assert.rejects(build(request), { code: "BUILDER_CANNOT" });
    assert.equal(await request.layout.resolve("1.0"), undefined);
  });

  it("is chosen where its engine answers, else buildah, else the reasons are told", async (context) => {
    const folder = await temporaryFolder(context);
    const { request } = await requestOf(folder);
    const chosen = await chooseBuilder(environment, request.builder.context);
    assert.deepEqual(chosen, request.builder);
    const without = { ...environment, DOCKER_HOST: `unix://${folder}/none.sock` };
    assert.equal((await chooseBuilder(without, request.builder.context)).with, "buildah");
    await assert.rejects(chooseBuilder({ ...without, PATH: folder }, request.builder.context), {
      code: "BUILDER_NONE",
      facts: {
        docker: "docker is needed to build, but it is not on PATH",
        buildah: "buildah is needed to build, but it is not on PATH",
      },
    });
    await assert.rejects(chooseBuilder(environment, folder), {
      code: "DOCKERFILE_MISSING",
      facts: { path: join(folder, "Dockerfile") },
    });
    const container = await writeFiles(join(folder, "other"), { Containerfile: DOCKERFILE });
    assert.equal((await chooseBuilder(environment, container)).dockerfile, join(container, "Containerfile"));
  });

  it("is found by docker's contexts, too", async (context) => {
    const folder = await temporaryFolder(context);
    const { request } = await requestOf(folder);
    const { DOCKER_HOST, ...others } = environment;
    const configured = { ...others, DOCKER_CONFIG: folder };
    const create = ["context", "create", "elsewhere", "--docker", `host=${DOCKER_HOST}`];
    await promisify(execFile)("docker", create, { env: configured });
    assert.deepEqual(await builderProblems(request.builder, { ...configured, DOCKER_CONTEXT: "elsewhere" }), []);
  });

  it("is told apart from a Dockerfile or a context that is not there", async (context) => {
    const { request } = await requestOf(await temporaryFolder(context));
    const on = (others: Partial<DockerfileBuilder>) =>
      build({ ...request, builder: { ...request.builder, ...others } });
    await assert.rejects(on({ dockerfile: "/none/Dockerfile" }), { code: "DOCKERFILE_MISSING" });
    await assert.rejects(on({ context: "/none" }), { code: "CONTEXT_MISSING" });
  });
});
