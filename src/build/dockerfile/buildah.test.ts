import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { promisify } from "node:util";
import { temporaryFolder } from "../../target/temporary-folder.ts";
import { randomIndex, startRegistry } from "../../testing/index.ts";
import { build } from "../build.ts";
import { builderProblems } from "../builder-problems.ts";
import type { BuildEvent, BuildRequest, DockerfileBuilder } from "../request.ts";
import { configJson, LABELS, manifestJson, requestIn, writeFiles } from "../sample.ts";

const AMD64 = { os: "linux", architecture: "amd64" };
const ARM64 = { os: "linux", architecture: "arm64" };
const ARM = { os: "linux", architecture: "arm", variant: "v7" };
const DOCKERFILE = "FROM scratch\nARG WHO\nARG TARGETARCH\nCOPY hello /srv/\nENV WHO=$WHO-$TARGETARCH\n";

/** Debian: apt-get install buildah. Its storage is in the test's folder. */
async function scene(context: TestContext, dockerfile: string, others: Partial<DockerfileBuilder> = {}) {
  const folder = await temporaryFolder(context);
  const files = await writeFiles(join(folder, "context"), { Dockerfile: dockerfile, hello: "hello" });
  const storage = `[storage]\ndriver = "vfs"\ngraphroot = "${folder}/graph"\nrunroot = "${folder}/run"\n`;
  await writeFile(join(folder, "storage.conf"), storage);
  const registries = '[[registry]]\nprefix = "127.0.0.1"\nlocation = "127.0.0.1"\ninsecure = true\n';
  await writeFile(join(folder, "registries.conf"), registries);
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    CONTAINERS_STORAGE_CONF: join(folder, "storage.conf"),
    CONTAINERS_REGISTRIES_CONF: join(folder, "registries.conf"),
  };
  const events: BuildEvent[] = [];
  const builder: DockerfileBuilder = {
    ...{ with: "buildah", context: files, dockerfile: join(files, "Dockerfile"), args: { WHO: "me" } },
    ...{ platforms: [], ...others },
  };
  const request: BuildRequest<DockerfileBuilder> = requestIn(folder, builder, {
    environment,
    tell: (event) => events.push(event),
  });
  const buildah = async (...args: readonly string[]) =>
    (await promisify(execFile)("buildah", args, { env: environment })).stdout.trim();
  return { folder, request, events, buildah, environment };
}

describe("buildah", () => {
  it("builds for several platforms, the same digest again, and leaves nothing in its storage", async (context) => {
    const platforms = [ARM64, AMD64, ARM];
    const { folder, request, buildah, events } = await scene(context, DOCKERFILE, { platforms });
    const built = await build(request);
    assert.deepEqual(built.platforms, platforms);
    assert.match(built.builder.name === "buildah" ? built.builder.version : "", /^\d+\.\d+/);
    const index = await manifestJson(request.layout, "1.0");
    assert.deepEqual(index.annotations, LABELS);
    for (const [at, { digest, platform }] of index.manifests.entries()) {
      assert.equal(platform.architecture, platforms[at]?.architecture);
      const manifest = await manifestJson(request.layout, digest);
      assert.equal(manifest.annotations["org.opencontainers.image.title"], "sample");
      const { created, architecture, config } = await configJson(request.layout, digest);
      assert.deepEqual(
        { created, architecture },
        { created: "2026-01-02T03:04:05Z", architecture: platform.architecture },
      );
      assert.deepEqual(config.Labels, LABELS);
      assert.ok(config.Env.includes(`WHO=me-${platform.architecture}`));
    }
    assert.equal(await buildah("images", "--all", "--quiet"), "");
    assert.ok(events.some((event) => event.kind === "output" && /STEP 1\//.test(event.line)));
    assert.deepEqual(await readdir(join(folder, "temporary")), []);
    const again = await build({ ...request, tag: "again" });
    assert.equal(again.descriptor.digest, built.descriptor.digest);
    await request.layout.close();
  });

  it("builds for one platform a manifest", async (context) => {
    const { request } = await scene(context, DOCKERFILE, { platforms: [ARM64] });
    const built = await build(request);
    assert.deepEqual(built.platforms, [ARM64]);
    assert.equal(built.descriptor.mediaType, "application/vnd.oci.image.manifest.v1+json");
    assert.deepEqual((await configJson(request.layout, "1.0")).config.Labels, LABELS);
    await request.layout.close();
  });

  it("builds on an image of a registry, which stays in its storage", async (context) => {
    await using registry = await startRegistry();
    const base = await randomIndex({ seed: "buildah", platforms: [AMD64, ARM64] });
    await registry.put("base", base, "12");
    const dockerfile = `FROM ${registry.host}/base:12\nCOPY hello /srv/\n`;
    const { request, buildah } = await scene(context, dockerfile, { platforms: [AMD64, ARM64] });
    await build(request);
    await request.layout.close();
    const index = await manifestJson(request.layout, "1.0");
    const layers = [];
    for (const { digest } of index.manifests) {
      const { config, rootfs } = await configJson(request.layout, digest);
      assert.match(config.Labels.seed, /^buildah\/linux\//);
      layers.push(rootfs.diff_ids.length);
    }
    assert.deepEqual(layers, [3, 3]);
    assert.match(await buildah("images", "--format={{.Name}}:{{.Tag}}"), /\/base:12/);
  });

  it("that fails is quoted, with the line that tells why", async (context) => {
    const { folder, request, buildah } = await scene(context, "FROM scratch\nCOPY nothing /srv/\n");
    await assert.rejects(build(request), {
      code: "BUILD_FAILED",
      message: /^buildah did not build the image \(exit code \d+\): .*COPY nothing \/srv\/.*no such file/,
    });
    assert.equal(await request.layout.resolve("1.0"), undefined);
    assert.equal(await buildah("containers", "--all", "--quiet"), "");
    assert.deepEqual(await readdir(join(folder, "temporary")), []);
  });

  it("ends at once when it is told to", async (context) => {
    const { folder, request } = await scene(context, DOCKERFILE, { platforms: [AMD64, ARM64] });
    const abort = new AbortController();
    const reason = new Error("enough");
    const aborted = build({ ...request, signal: abort.signal, tell: () => abort.abort(reason) });
    await assert.rejects(aborted, reason);
    assert.equal(await request.layout.resolve("1.0"), undefined);
    assert.deepEqual(await readdir(join(folder, "temporary")), []);
  });

  it("says before it builds what only buildx can, and that it is missing", async (context) => {
    const { request, environment } = await scene(context, DOCKERFILE, { sbom: true, cacheFrom: ["type=gha"] });
    const messages = async (PATH = environment.PATH) =>
      (await builderProblems(request.builder, { ...environment, PATH })).map(({ message }) => message);
    const beyond = ["buildah cannot use a build cache that is kept elsewhere", "buildah cannot attest an SBOM"];
    assert.deepEqual(await messages(), beyond);
    const empty = join(await temporaryFolder(context), "bin");
    await mkdir(empty);
    assert.deepEqual(await messages(empty), ["buildah is needed to build, but it is not on PATH", ...beyond]);
  });
});
