import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, readdir, rename, utimes } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, it } from "node:test";
import { promisify } from "node:util";
import { parseManifest } from "../../oci/manifest.ts";
import { OCI_MANIFEST } from "../../oci/media-types.ts";
import { MemoryTarget } from "../../target/memory.ts";
import { rawManifest } from "../../target/sample-image.ts";
import { temporaryFolder } from "../../target/temporary-folder.ts";
import { randomImage, randomIndex, skopeoCopy, skopeoDigest, startDockerRegistry } from "../../testing/index.ts";
import { build } from "../build.ts";
import type { LayersBuilder } from "../request.ts";
import { configJson, type Files, LABELS, layersOf, manifestJson, requestIn, writeFiles } from "../sample.ts";

const AMD64 = { os: "linux", architecture: "amd64" };
const ARM64 = { os: "linux", architecture: "arm64" };

const APP: Files = {
  run: { program: "#!/bin/sh\necho hello\n" },
  ".slipway/runs/1.0/1.jsonl": "what runs keep beside a project",
  "lib/b.txt": "b",
  "lib/a.txt": "a",
  "lib-2/c.txt": "c",
  "lib/应用.txt": "中文",
  [`lib/${"long-".repeat(30)}name`]: "long",
  current: { link: "lib/a.txt" },
  broken: { link: "/nowhere/at/all" },
};

function onScratch(folder: string, others: Partial<LayersBuilder> = {}): LayersBuilder {
  return {
    with: "layers",
    from: "scratch",
    layers: [{ folder, to: "/opt/app" }],
    config: { entrypoint: ["/opt/app/run"], env: { TZ: "UTC" }, ports: ["8080"], user: "1000" },
    platforms: [AMD64],
    ...others,
  };
}

describe("an image of layers", () => {
  it("is the same to the last byte on any machine, whatever its files' times, rights and order are", async (context) => {
    const folder = await temporaryFolder(context);
    const digests = [];
    for (const [at, umask] of [0o022, 0o077, 0o002].entries()) {
      const before = process.umask(umask);
      try {
        const source = join(folder, `source-${at}`);
        const files = Object.entries(APP);
        await writeFiles(source, Object.fromEntries(at === 1 ? files.reverse() : files));
        await utimes(join(source, "run"), at * 1000, at * 1000);
        await chmod(join(source, "lib"), at === 2 ? 0o777 : 0o700);
        const request = requestIn(join(folder, String(at)), onScratch(source));
        digests.push((await build(request)).descriptor.digest);
        await request.layout.close();
      } finally {
        process.umask(before);
      }
    }
    assert.deepEqual(digests, Array(3).fill("sha256:7f0518ddf4b66b985560d0242ce848371fd9df28fc627fb49c7a7c60ae385762"));
  });

  it("holds what is in the folder, and nothing of the machine", async (context) => {
    const folder = await temporaryFolder(context);
    const request = requestIn(folder, onScratch(await writeFiles(join(folder, "source"), APP)));
    const built = await build(request);
    assert.deepEqual(built, {
      descriptor: await request.layout.resolve("1.0"),
      platforms: [AMD64],
      builder: { name: "layers" },
    });
    assert.deepEqual(await layersOf(request.layout, "1.0"), [
      [
        "755 0:0 opt/",
        "755 0:0 opt/app/",
        "777 0:0 opt/app/broken -> /nowhere/at/all",
        "777 0:0 opt/app/current -> lib/a.txt",
        "755 0:0 opt/app/lib/",
        "644 0:0 opt/app/lib/a.txt = a",
        "644 0:0 opt/app/lib/b.txt = b",
        `644 0:0 opt/app/lib/${"long-".repeat(30)}name = long`,
        "644 0:0 opt/app/lib/应用.txt = 中文",
        "755 0:0 opt/app/lib-2/",
        "644 0:0 opt/app/lib-2/c.txt = c",
        "755 0:0 opt/app/run = #!/bin/sh\necho hello\n",
      ],
    ]);
    const manifest = await manifestJson(request.layout, "1.0");
    assert.deepEqual(manifest.annotations, LABELS);
    const config = await configJson(request.layout, "1.0");
    assert.match(config.rootfs.diff_ids[0], /^sha256:/);
    assert.deepEqual(config, {
      created: "2026-01-02T03:04:05Z",
      ...AMD64,
      config: {
        User: "1000",
        ExposedPorts: { "8080/tcp": {} },
        Env: ["TZ=UTC"],
        Entrypoint: ["/opt/app/run"],
        Labels: LABELS,
      },
      rootfs: { type: "layers", diff_ids: config.rootfs.diff_ids },
      history: [{ created: "2026-01-02T03:04:05Z", created_by: "slipway layer /opt/app" }],
    });
    await request.layout.close();
    assert.deepEqual(
      (await readdir(folder, { recursive: true })).filter((name) => /slipway-/.test(name)),
      [],
    );
  });

  it("can have single files, and owners", async (context) => {
    const folder = await temporaryFolder(context);
    const source = await writeFiles(join(folder, "source"), { tool: { program: "t" }, "etc/tool.conf": "c" });
    const owner = { uid: 1000, gid: 1001 };
    const layers = [
      { file: join(source, "tool"), to: "/usr/bin/" },
      { file: join(source, "tool"), to: "/usr/bin/other", owner },
      { folder: join(source, "etc"), to: "/etc/tool", owner },
      { folder: join(source, "etc"), to: "/" },
    ];
    const request = requestIn(folder, onScratch(source, { layers }));
    await build(request);
    assert.deepEqual(await layersOf(request.layout, "1.0"), [
      ["755 0:0 usr/", "755 0:0 usr/bin/", "755 0:0 usr/bin/tool = t"],
      ["755 1000:1001 usr/bin/other = t"],
      ["755 0:0 etc/", "755 1000:1001 etc/tool/", "644 1000:1001 etc/tool/tool.conf = c"],
      ["644 0:0 tool.conf = c"],
    ]);
    await request.layout.close();
  });

  it("is an index where there are several platforms, with one blob for the layer they share", async (context) => {
    const folder = await temporaryFolder(context);
    const source = await writeFiles(join(folder, "source"), APP);
    const platforms = [ARM64, AMD64, { os: "linux", architecture: "arm", variant: "v7" }];
    const events: string[] = [];
    const request = requestIn(folder, onScratch(source, { platforms }), {
      tell: (event) => events.push(event.kind === "layer" ? event.platform.architecture : ""),
    });
    const built = await build(request);
    assert.deepEqual(built.platforms, platforms);
    assert.deepEqual(events, ["arm64", "amd64", "arm"]);
    const index = await manifestJson(request.layout, "1.0");
    assert.deepEqual(
      index.manifests.map(({ platform }: { platform: object }) => platform),
      platforms,
    );
    assert.deepEqual(index.annotations, LABELS);
    const layers = new Set<string>();
    for (const [at, { digest }] of index.manifests.entries()) {
      const manifest = await manifestJson(request.layout, digest);
      assert.deepEqual(manifest.annotations, LABELS);
      layers.add(manifest.layers[0].digest);
      const { os, architecture, variant } = await configJson(request.layout, digest);
      assert.deepEqual({ os, architecture, variant }, { variant: undefined, ...platforms[at] });
    }
    assert.equal(layers.size, 1);
    await request.layout.close();
  });
});

describe("a base image", () => {
  for (const format of ["oci", "docker"] as const) {
    it(`in ${format}'s format is carried on for each of its platforms, its layers byte for byte`, async (context) => {
      const folder = await temporaryFolder(context);
      const source = await writeFiles(join(folder, "source"), APP);
      const base = await randomIndex({ seed: "base", platforms: [AMD64, ARM64], format });
      const target = new MemoryTarget();
      for (const { descriptor, body } of base.blobs) await target.pushBlob(descriptor, body);
      for (const manifest of base.manifests) await target.pushManifest(manifest, "12");
      const request = requestIn(folder, onScratch(source, { from: { target, reference: "12" }, platforms: [] }));
      const built = await build(request);
      assert.deepEqual(built.platforms, [AMD64, ARM64]);
      const index = await manifestJson(request.layout, "1.0");
      assert.equal(index.mediaType, "application/vnd.oci.image.index.v1+json");
      for (const [at, { digest }] of index.manifests.entries()) {
        const below = parseManifest(base.manifests[at] ?? assert.fail());
        const image = parseManifest(await request.layout.manifest(digest));
        assert.ok(below.kind === "image" && image.kind === "image");
        assert.deepEqual(
          image.layers.map(({ mediaType }) => mediaType),
          Array(3).fill("application/vnd.oci.image.layer.v1.tar+gzip"),
        );
        assert.equal(image.config.mediaType, "application/vnd.oci.image.config.v1+json");
        assert.deepEqual(
          image.layers.slice(0, 2).map((layer) => layer.digest),
          below.layers.map((layer) => layer.digest),
        );
        for (const layer of image.layers) assert.ok(await request.layout.exists(layer));
        const config = await configJson(request.layout, digest);
        assert.equal(config.rootfs.diff_ids.length, 3);
        assert.equal(config.history.length, 3);
        assert.equal(config.config.Labels.seed, `base/linux/${config.architecture}/`);
      }
      await request.layout.close();
    });
  }

  it("gives the platforms that are asked for, and says which it lacks", async (context) => {
    const folder = await temporaryFolder(context);
    const source = await writeFiles(join(folder, "source"), { a: "a" });
    const base = await randomIndex({ seed: "platforms", platforms: [AMD64, ARM64] });
    const single = await randomImage({ seed: "single", platform: ARM64 });
    const target = new MemoryTarget("registry.example/base");
    for (const { descriptor, body } of [...base.blobs, ...single.blobs]) await target.pushBlob(descriptor, body);
    for (const manifest of base.manifests) await target.pushManifest(manifest, "12");
    for (const manifest of single.manifests) await target.pushManifest(manifest, "one");
    const on = (reference: string, platforms: LayersBuilder["platforms"]) => {
      return build(requestIn(folder, onScratch(source, { from: { target, reference }, platforms })));
    };
    const one = await on("12", [ARM64]);
    assert.deepEqual(one.platforms, [ARM64]);
    assert.equal(one.descriptor.mediaType, "application/vnd.oci.image.manifest.v1+json");
    assert.deepEqual((await on("one", [])).platforms, [ARM64]);
    const riscv = { os: "linux", architecture: "riscv64" };
    await assert.rejects(on("12", [ARM64, riscv]), {
      code: "PLATFORM_UNKNOWN",
      message: "registry.example/base:12 has no image for linux/riscv64; it has linux/amd64, linux/arm64",
    });
    await assert.rejects(on("one", [AMD64]), { code: "PLATFORM_UNKNOWN" });
  });

  it("keeps its links and its folders' rights: files go where its links lead", async (context) => {
    const folder = await temporaryFolder(context);
    const system = await writeFiles(join(folder, "system"), {
      "usr/bin/sh": { program: "sh" },
      "usr/lib/libc": "c",
      "tmp/x": "x",
      bin: { link: "usr/bin" },
      "var/run": { link: "/run" },
    });
    const below = requestIn(join(folder, "below"), onScratch(system, { layers: [{ folder: system, to: "/" }] }));
    await build(below);
    const mine = await writeFiles(join(folder, "mine"), {
      "bin/tool": { program: "t" },
      "tmp/y": "y",
      "var/run/tool.pid": "1",
      new: { link: "usr/lib" },
    });
    const from = { target: below.layout, reference: "1.0" };
    const layers = [
      { folder: mine, to: "/" },
      { file: join(mine, "tmp/y"), to: "/bin/second" },
      { file: join(mine, "tmp/y"), to: "/new/third" },
    ];
    const request = requestIn(folder, onScratch(mine, { from, layers }));
    await build(request);
    assert.deepEqual((await layersOf(request.layout, "1.0")).slice(1), [
      [
        "755 0:0 usr/bin/tool = t",
        "777 0:0 new -> usr/lib",
        "644 0:0 tmp/y = y",
        "755 0:0 run/",
        "644 0:0 run/tool.pid = 1",
      ],
      ["644 0:0 usr/bin/second = y"],
      ["644 0:0 usr/lib/third = y"],
    ]);
    await request.layout.close();
  });
});

describe("layers that cannot be made", () => {
  const source = "SOURCE";
  for (const [what, layer, code, message] of [
    ["of a folder that is not there", { folder: `${source}/none`, to: "/" }, "LAYER_SOURCE_MISSING", /no such folder/],
    ["of a folder that is a file", { folder: `${source}/run`, to: "/" }, "LAYER_SOURCE_MISSING", /not a folder/],
    ["of a file that is not there", { file: `${source}/none`, to: "/x" }, "LAYER_SOURCE_MISSING", /no such file/],
    ["of a file that is a folder", { file: `${source}/lib`, to: "/x" }, "LAYER_SOURCE_MISSING", /not a file/],
    ["at a relative place", { file: `${source}/run`, to: "app" }, "LAYER_PATH_INVALID", /begin with a slash/],
    ["above the root", { file: `${source}/run`, to: "/a/../../b" }, "LAYER_PATH_INVALID", /has \.\. in it/],
  ] as const) {
    it(`${what} leave no tag`, async (context) => {
      const folder = await temporaryFolder(context);
      const real = await writeFiles(join(folder, "source"), APP);
      const mended = JSON.parse(JSON.stringify(layer).replace(source, real));
      const request = requestIn(folder, onScratch(real, { layers: [{ folder: real, to: "/app" }, mended] }));
      await assert.rejects(build(request), { code, message });
      assert.equal(await request.layout.resolve("1.0"), undefined);
      await request.layout.close();
      assert.deepEqual(await readdir(join(folder, "temporary")), []);
    });
  }

  it("hold a socket", async (context) => {
    const folder = await temporaryFolder(context);
    await mkdir(join(folder, "source"));
    const server = createServer().listen(join(folder, "source", "s.sock"));
    await once(server, "listening");
    const request = requestIn(folder, onScratch(join(folder, "source")));
    await assert.rejects(build(request), {
      code: "LAYER_FILE_UNSUPPORTED",
      facts: { path: join(folder, "source", "s.sock"), kind: "a socket" },
    });
    server.close();
  });

  it("are on what is no container image", async (context) => {
    const folder = await temporaryFolder(context);
    const source = await writeFiles(join(folder, "source"), { a: "a" });
    const image = await randomImage({ seed: "odd" });
    const target = new MemoryTarget("registry.example/chart");
    const { config, layers } = await manifestOf(image);
    for (const { descriptor, body } of image.blobs) await target.pushBlob(descriptor, body);
    await target.pushManifest(rawManifest(OCI_MANIFEST, { config: layers[0], layers }), "a");
    await target.pushManifest(rawManifest(OCI_MANIFEST, { config, layers: [] }), "b");
    await target.pushManifest(rawManifest(OCI_MANIFEST, { config, layers: [config, config] }), "c");
    const on = (reference: string) =>
      build(requestIn(folder, onScratch(source, { from: { target, reference }, platforms: [] })));
    await assert.rejects(on("a"), { code: "BASE_UNSUPPORTED", message: /no container image's configuration/ });
    await assert.rejects(on("b"), { code: "BASE_UNSUPPORTED", message: /it has 0 layers and 2 digests/ });
    await assert.rejects(on("c"), { code: "BASE_UNSUPPORTED", message: /its layer sha256:\w+ cannot be read/ });
  });
});

async function manifestOf(image: Awaited<ReturnType<typeof randomImage>>) {
  const manifest = parseManifest(image.manifests[0] ?? assert.fail());
  return manifest.kind === "image" ? manifest : assert.fail();
}

describe("what others make of it", () => {
  it("skopeo inspects it and copies it to a registry as it is", async (context) => {
    const folder = await temporaryFolder(context);
    const source = await writeFiles(join(folder, "source"), APP);
    const request = requestIn(folder, onScratch(source, { platforms: [AMD64, ARM64] }));
    const { descriptor } = await build(request);
    await request.layout.close();
    const image = `oci:${join(folder, "layout")}:1.0`;
    const { stdout } = await promisify(execFile)("skopeo", ["inspect", "--override-arch=amd64", image]);
    const { Created, Architecture, Labels } = JSON.parse(stdout);
    assert.deepEqual(
      { Created, Architecture, Labels },
      {
        Created: "2026-01-02T03:04:05Z",
        Architecture: "amd64",
        Labels: LABELS,
      },
    );
    await using registry = await startDockerRegistry();
    await skopeoCopy({ reference: image }, { reference: `docker://${registry.host}/app:1.0` });
    assert.equal(await skopeoDigest({ reference: `docker://${registry.host}/app:1.0` }), descriptor.digest);
  });

  it("buildah unpacks it with the right rights, on a base with links", async (context) => {
    const folder = await temporaryFolder(context);
    const base = await writeFiles(join(folder, "base"), { "usr/bin/sh": "sh", bin: { link: "usr/bin" } });
    const below = requestIn(join(folder, "below"), onScratch(base, { layers: [{ folder: base, to: "/" }] }));
    await build(below);
    const source = await writeFiles(join(folder, "source"), APP);
    const layers = [
      { folder: source, to: "/opt/app", owner: { uid: 1000, gid: 1000 } },
      { file: join(source, "run"), to: "/bin/run" },
    ];
    const from = { target: below.layout, reference: "1.0" };
    const request = requestIn(folder, onScratch(source, { from, layers }));
    await build(request);
    await request.layout.close();
    await rename(join(folder, "layout"), join(folder, "image"));
    const buildah = async (...args: readonly string[]) => {
      const storage = ["--storage-driver=vfs", `--root=${join(folder, "root")}`, `--runroot=${join(folder, "run")}`];
      // It takes the path for a name in part, and refuses capitals in it.
      return (await promisify(execFile)("buildah", [...storage, ...args], { cwd: folder })).stdout.trim();
    };
    const container = await buildah("from", "oci:image:1.0");
    const root = await buildah("mount", container);
    const { stdout } = await promisify(execFile)("find", [root, "-mindepth", "1", "-printf", "%M %U:%G %P %l\n"], {
      env: { LC_ALL: "C.UTF-8" },
    });
    const lines = stdout.split("\n").map((line) => line.trim());
    for (const expected of [
      "lrwxrwxrwx 0:0 bin usr/bin",
      "-rw-r--r-- 0:0 usr/bin/sh",
      "-rwxr-xr-x 0:0 usr/bin/run",
      "drwxr-xr-x 0:0 opt",
      "drwxr-xr-x 1000:1000 opt/app",
      "-rwxr-xr-x 1000:1000 opt/app/run",
      "-rw-r--r-- 1000:1000 opt/app/lib/应用.txt",
      `-rw-r--r-- 1000:1000 opt/app/lib/${"long-".repeat(30)}name`,
      "lrwxrwxrwx 1000:1000 opt/app/current lib/a.txt",
    ]) {
      assert.ok(lines.includes(expected), `${expected} is not among\n${lines.join("\n")}`);
    }
    await buildah("umount", container);
    await buildah("rm", container);
  });
});

describe("a build that is ended", () => {
  it("by an abort makes no further layer and leaves no tag", async (context) => {
    const folder = await temporaryFolder(context);
    const source = await writeFiles(join(folder, "source"), APP);
    const layers = ["/one", "/two", "/three"].map((to) => ({ folder: source, to }));
    const abort = new AbortController();
    const made: string[] = [];
    const request = requestIn(folder, onScratch(source, { layers }), {
      signal: abort.signal,
      tell: (event) => {
        if (event.kind === "layer") made.push(event.to);
        if (made.length === 2) abort.abort(new Error("enough"));
      },
    });
    await assert.rejects(build(request), { message: "enough" });
    assert.deepEqual(made, ["/one", "/two"]);
    assert.equal(await request.layout.resolve("1.0"), undefined);
    await request.layout.close();
    assert.deepEqual(await readdir(join(folder, "temporary")), []);
  });

  it("by a kill leaves no tag, and the next one goes through", async (context) => {
    const folder = await temporaryFolder(context);
    const source = await writeFiles(join(folder, "source"), APP);
    const builder = onScratch(source, {
      layers: [
        { folder: source, to: "/one" },
        { folder: source, to: "/two" },
      ],
    });
    const script = `
      import { build } from ${JSON.stringify(new URL("../build.ts", import.meta.url).href)};
      import { requestIn } from ${JSON.stringify(new URL("../sample.ts", import.meta.url).href)};
      const tell = () => process.kill(process.pid, "SIGKILL");
      await build(requestIn(${JSON.stringify(folder)}, ${JSON.stringify(builder)}, { tell }));`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "inherit" });
    const [, signal] = await once(child, "exit");
    assert.equal(signal, "SIGKILL");
    assert.equal((await readdir(join(folder, "temporary"))).length, 1);
    const request = requestIn(folder, builder);
    assert.equal(await request.layout.resolve("1.0"), undefined);
    const { descriptor } = await build(request);
    await request.layout.close();
    assert.deepEqual(await request.layout.resolve("1.0"), descriptor);
    assert.deepEqual(await readdir(join(folder, "temporary")), []);
  });
});
