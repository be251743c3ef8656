import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parse } from "yaml";
import { randomImage, startRegistry } from "../src/testing/index.ts";
import { Checkout } from "./support/checkout.ts";
import type { Ended, RunOptions, Workplace } from "./support/workplace.ts";

const PIN = "acme/slipway@0123456789012345678901234567890123456789";

/** The workflow that mirrors the founding image, as its repository has it. */
const FOUNDING = `name: Sync Docker Image to ACRs (Azure + Alibaba Cloud)
on:
  schedule:
    - cron: "0 0 * * *" # UTC
  workflow_dispatch:
  push:
    branches: [publish]
permissions:
  contents: read
jobs:
  sync:
    runs-on: ubuntu-latest
    steps:
      - name: Create auth config
        run: |
          cat > auth.yaml <<EOF
          hagicode.azurecr.io:
            username: "\${{ secrets.AZURE_ACR_USERNAME }}"
            password: "\${{ secrets.AZURE_ACR_PASSWORD }}"
          registry.cn-hangzhou.aliyuncs.com:
            username: "\${{ secrets.ALIYUN_ACR_USERNAME }}"
            password: "\${{ secrets.ALIYUN_ACR_PASSWORD }}"
          EOF
      - name: Create images config
        run: |
          cat > images.yaml <<EOF
          docker.io/newbe36524/hagicode: hagicode.azurecr.io/hagicode
          docker.io/newbe36524/hagicode: registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode
          EOF
      - name: Run image-syncer
        run: ./image-syncer --auth=./auth.yaml --images=./images.yaml --proc=10 --retries=3
`;
const FOUNDING_SECRETS = ["AZURE_ACR_USERNAME", "AZURE_ACR_PASSWORD", "ALIYUN_ACR_USERNAME", "ALIYUN_ACR_PASSWORD"];
const MIRRORS = [
  {
    from: "docker.io/newbe36524/hagicode",
    to: ["hagicode.azurecr.io/hagicode", "registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode"],
  },
];
const SYNC = { cron: ["0 0 * * *"], branches: ["publish"] };

const BUILDING = `name: build
on:
  push:
    branches: [main]
env:
  REGISTRY: \${{ vars.ALIYUN_REGISTRY }}
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: dorny/paths-filter@v3
        with:
          filters: |
            api:
              - 'api/**'
      - uses: docker/login-action@v3
        with:
          registry: \${{ env.REGISTRY }}
          username: \${{ secrets.ALIYUN_REGISTRY_USER }}
          password: \${{ secrets.ALIYUN_REGISTRY_PWD }}
      - uses: docker/login-action@v3
        with:
          registry: ghcr.io
          username: \${{ github.actor }}
          password: \${{ secrets.GITHUB_TOKEN }}
      - id: meta
        uses: docker/metadata-action@v5
        with:
          images: |
            \${{ env.REGISTRY }}/\${{ vars.API_IMAGE_NAME }}
            ghcr.io/\${{ github.repository }}
            \${{ matrix.image }}
          tags: |
            type=ref,event=branch
            type=semver,pattern={{version}}
            type=raw,value=\${{ github.run_id }}
      - uses: docker/build-push-action@v6
        with:
          context: .
          file: ./api/Dockerfile
          platforms: linux/amd64,linux/arm64
          push: true
          tags: \${{ steps.meta.outputs.tags }}
          build-args: |
            COMMIT=\${{ github.sha }}
            MODE=release
      - uses: softprops/action-gh-release@v2
        with:
          files: dist/*.zip
`;

const PLAIN_TAGS = `on:
  push:
    tags: ["v*"]
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: docker/login-action@v3
        with:
          username: \${{ secrets.DOCKERHUB_USERNAME }}
          password: \${{ secrets.DOCKERHUB_TOKEN }}
      - uses: docker/build-push-action@v6
        with:
          push: true
          tags: \${{ secrets.DOCKERHUB_USERNAME }}/app:\${{ github.ref_name }},\${{ secrets.DOCKERHUB_USERNAME }}/app:latest
`;

const GHCR = { image: "ghcr.io/acme/app", username: "${GITHUB_ACTOR:-}", password: "${GITHUB_TOKEN:-}" };
const USUAL_TAGS = ["{{version}}", "{{major}}.{{minor}}", "latest"];
const RELEASE = { github: "Acme/App" };

interface Case {
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
  readonly config: Readonly<Record<string, unknown>>;
  /** Variables without which the configuration is not valid. */
  readonly needed?: readonly string[];
  readonly said?: readonly RegExp[];
  readonly next: string;
}

const CASES: readonly Case[] = [
  {
    what: "only a Dockerfile",
    files: { Dockerfile: "FROM scratch\n", "package.json": '{"name":"@acme/other","version":"1.4.0"}' },
    config: { name: "App", registries: { ghcr: GHCR }, build: {}, tags: USUAL_TAGS, release: RELEASE },
    next: "slipway plan release 1.4.0",
  },
  {
    what: "a Containerfile and a VERSION",
    files: { Containerfile: "FROM scratch\n", VERSION: "v2.0.0\n" },
    config: {
      name: "App",
      registries: { ghcr: GHCR },
      build: { dockerfile: "Containerfile" },
      tags: USUAL_TAGS,
      release: RELEASE,
    },
    next: "slipway plan release 2.0.0",
  },
  {
    what: "the founding workflow",
    files: { ".github/workflows/sync-docker-acr.yml": FOUNDING },
    config: {
      name: "App",
      registries: {
        azure: {
          image: "hagicode.azurecr.io",
          username: "${AZURE_ACR_USERNAME}",
          password: "${AZURE_ACR_PASSWORD}",
        },
        aliyun: {
          image: "registry.cn-hangzhou.aliyuncs.com",
          username: "${ALIYUN_ACR_USERNAME}",
          password: "${ALIYUN_ACR_PASSWORD}",
        },
      },
      mirrors: MIRRORS,
      workflows: { sync: SYNC },
    },
    needed: FOUNDING_SECRETS,
    said: [/images\.yaml\):2:1: .* was written before/, /sync-docker-acr\.yml still does what it did/],
    next: "slipway plan sync",
  },
  {
    what: "the founding workflow beside a Dockerfile: published where it is mirrored",
    files: { ".github/workflows/sync-docker-acr.yml": FOUNDING, Dockerfile: "FROM scratch\n" },
    config: {
      name: "App",
      registries: {
        "docker-hub": {
          image: "docker.io/newbe36524/hagicode",
          username: "${DOCKER_HUB_USERNAME:-}",
          password: "${DOCKER_HUB_PASSWORD:-}",
        },
        azure: {
          image: "hagicode.azurecr.io/hagicode",
          username: "${AZURE_ACR_USERNAME}",
          password: "${AZURE_ACR_PASSWORD}",
        },
        aliyun: {
          image: "registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode",
          username: "${ALIYUN_ACR_USERNAME}",
          password: "${ALIYUN_ACR_PASSWORD}",
        },
      },
      build: {},
      tags: USUAL_TAGS,
      release: RELEASE,
      mirrors: MIRRORS,
      workflows: { sync: SYNC },
    },
    needed: FOUNDING_SECRETS,
    next: "slipway plan release VERSION",
  },
  {
    what: "metadata-action, build-push-action and action-gh-release",
    files: { ".github/workflows/build.yml": BUILDING, "api/Dockerfile": "FROM scratch\n" },
    config: {
      name: "App",
      registries: {
        "aliyun-registry": {
          image: "${ALIYUN_REGISTRY}/${API_IMAGE_NAME}",
          username: "${ALIYUN_REGISTRY_USER}",
          password: "${ALIYUN_REGISTRY_PWD}",
        },
        ghcr: GHCR,
      },
      build: {
        dockerfile: "api/Dockerfile",
        platforms: ["linux/amd64", "linux/arm64"],
        args: { MODE: "release" },
        paths: ["api/**"],
      },
      tags: ["type=ref,event=branch", "type=semver,pattern={{version}}"],
      release: { ...RELEASE, assets: ["dist/*.zip"] },
    },
    needed: ["ALIYUN_REGISTRY", "API_IMAGE_NAME", "ALIYUN_REGISTRY_USER", "ALIYUN_REGISTRY_PWD"],
    said: [
      /build\.yml:\d+: this was not carried over: \$\{\{ matrix\.image \}\}/,
      /this was not carried over: type=raw,value=\$\{\{ github\.run_id \}\}/,
      /this was not carried over: COMMIT=\$\{\{ github\.sha \}\}/,
    ],
    next: "slipway plan release VERSION",
  },
  {
    what: "tags that build-push-action names itself",
    files: { ".github/workflows/docker.yml": PLAIN_TAGS, Dockerfile: "FROM scratch\n" },
    config: {
      name: "App",
      registries: {
        "docker-hub": {
          image: "docker.io/${DOCKERHUB_USERNAME}/app",
          username: "${DOCKERHUB_USERNAME}",
          password: "${DOCKERHUB_TOKEN}",
        },
      },
      build: {},
      tags: ["type=semver,pattern=v{{version}}", "latest"],
      release: RELEASE,
    },
    needed: ["DOCKERHUB_USERNAME", "DOCKERHUB_TOKEN"],
    next: "slipway plan release VERSION",
  },
  {
    what: "image-syncer's files",
    files: {
      "auth.yaml": 'quay.io:\n  username: me\n  password: "not-for-others"\n',
      "images.yaml": "docker.io/library/alpine: quay.io/acme/alpine\n",
    },
    config: {
      name: "App",
      registries: { quay: { image: "quay.io", username: "me", password: "${QUAY_IO_PASSWORD}" } },
      mirrors: [{ from: "docker.io/library/alpine", to: "quay.io/acme/alpine" }],
    },
    needed: ["QUAY_IO_PASSWORD"],
    said: [/QUAY_IO_PASSWORD/],
    next: "slipway plan sync",
  },
];

function init(place: Workplace, args: readonly string[] = [], options: RunOptions = {}): Promise<Ended> {
  return place.slipway(["init", ...args], options);
}

async function project(files: Readonly<Record<string, string>>): Promise<Checkout> {
  const checkout = await Checkout.of({ "README.md": "here\n", ...files });
  await checkout.git("remote", "add", "origin", "git@github.com:Acme/App.git");
  return checkout;
}

describe("slipway init --yes", { concurrency: 3 }, () => {
  for (const { what, files, config, needed = [], said = [], next } of CASES) {
    test(what, async () => {
      await using place = await project(files);
      const { code, stderr, stdout } = await init(place, ["--yes"]);
      assert.equal(code, 0, stderr);
      assert.equal(stdout, "");
      const text = await place.read("slipway.yaml");
      assert.deepEqual(parse(text), { version: 1, ...config }, text);
      for (const line of said) assert.match(stderr, line);
      assert.match(stderr, new RegExp(`\n {2}slipway doctor\n {2}${next}\n {2}slipway workflows\n$`));
      assert.doesNotMatch(text + stderr, /not-for-others/);
      // valid as soon as its variables are set, and .env.example names them all
      const example = await place.read(".env.example");
      for (const name of needed) assert.match(example, new RegExp(`^# .+\n${name}=$`, "m"));
      const env = Object.fromEntries(needed.map((name) => [name, name === "ALIYUN_REGISTRY" ? "a.example" : "x"]));
      const checked = await place.slipway(["config", "check"], { env });
      assert.equal(checked.code, 0, checked.stderr);
      assert.equal((await place.slipway(["config", "check"])).code, needed.length > 0 ? 2 : 0);
      assert.match(await place.read(".gitignore"), /^\.slipway\/\n\.env\n$/m);
    });
  }

  test("regsync.yml and skopeo's YAML come in as they are imported, with where each came from", async () => {
    await using place = await project({
      "regsync.yml":
        "version: 1\nsync:\n  # one\n  - source: alpine:3\n    target: mirror.example.com/alpine:3\n    type: image\n",
      "skopeo-sync.yml": "docker.io:\n  images:\n    library/busybox: [latest]\n",
      ".github/workflows/mirror.yml":
        "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: skopeo sync --src yaml --dest docker skopeo-sync.yml mirror.example.com/hub\n",
    });
    const { code, stderr } = await init(place, ["--yes"]);
    assert.equal(code, 0, stderr);
    const text = await place.read("slipway.yaml");
    assert.match(text, /# regsync\.yml:4:5\n {2}- from: docker\.io\/library\/alpine:3\n/);
    assert.deepEqual(
      parse(text).mirrors.map(({ from, to }: { from: string; to: string }) => [from, to]),
      [
        ["docker.io/library/alpine:3", "mirror.example.com/alpine:3"],
        ["docker.io/library/busybox", "mirror.example.com/hub/busybox"],
      ],
    );
    assert.equal((await place.slipway(["config", "check"])).code, 0);
  });

  test("skopeo's YAML without a destination is said, not guessed", async () => {
    await using place = await project({
      Dockerfile: "FROM scratch\n",
      "sync.yml": "docker.io:\n  images:\n    library/busybox: [latest]\n",
    });
    const { code, stderr } = await init(place, ["--yes"]);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /slipway import sync\.yml --to REGISTRY\/NAMESPACE/);
    assert.equal(parse(await place.read("slipway.yaml")).mirrors, undefined);
  });

  test("what is there is never overwritten, unless --force says so; ignore lines are added once", async () => {
    const own = { "slipway.yaml": "mine\n", ".env.example": "mine\n", ".gitignore": "dist\n/.slipway\n" };
    await using place = await project({ Dockerfile: "FROM scratch\n", ...own });
    const refused = await init(place, ["--yes"]);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /slipway\.yaml exists: this project has a configuration\n.*--force/);
    for (const [file, text] of Object.entries(own)) assert.equal(await place.read(file), text);

    await place.remove("slipway.yaml");
    assert.equal((await init(place, ["--yes"])).code, 0);
    assert.equal(await place.read(".env.example"), "mine\n");
    assert.equal(await place.read(".gitignore"), "dist\n/.slipway\n.env\n");
    const forced = await init(place, ["--yes", "--force", "--image", "quay.io/acme/app"]);
    assert.equal(forced.code, 0);
    assert.match(forced.stderr, /slipway\.yaml {2}replaced/);
    assert.match(await place.read(".env.example"), /QUAY_PASSWORD=/);
    assert.equal(await place.read(".gitignore"), "dist\n/.slipway\n.env\n");
  });

  test("--dry-run shows the files and writes none; --json tells it to programs", async () => {
    await using place = await project({ Dockerfile: "FROM scratch\n" });
    const shown = await init(place, ["--yes", "--dry-run"]);
    assert.equal(shown.code, 0);
    assert.match(shown.stdout, /^# \.gitignore\n.slipway\/\n[\s\S]*# slipway\.yaml\n[\s\S]*image: ghcr\.io\/acme\/app/);
    const told = await init(place, ["--yes", "--dry-run", "--json"]);
    const report = JSON.parse(told.stdout);
    assert.deepEqual(
      report.files.map(({ path, change }: { path: string; change: string }) => [path, change]),
      [".gitignore", ".dockerignore", ".env.example", "slipway.yaml"].map((path) => [path, "create"]),
    );
    assert.deepEqual(await place.git("status", "--short"), "");
    assert.equal((await init(place, ["--yes"])).code, 0);
    assert.equal(await place.read("slipway.yaml"), report.files[3].text);
  });

  test("with --action, workflows are written, and are those of the configuration; others' are left", async () => {
    await using place = await project({ Dockerfile: "FROM scratch\n" });
    const { code, stderr } = await init(place, ["--yes", "--action", PIN]);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /slipway workflows --check\n$/);
    assert.match(await place.read(".github/workflows/release.yml"), new RegExp(`uses: ${PIN}`));
    const checked = await place.slipway(["workflows", "--check"]);
    assert.equal(checked.code, 0, checked.stderr);

    await using other = await project({ Dockerfile: "FROM scratch\n", ".github/workflows/release.yml": "mine\n" });
    const left = await init(other, ["--yes", "--action", PIN]);
    assert.equal(left.code, 0, left.stderr);
    assert.match(left.stderr, /release\.yml is there already/);
    assert.equal(await other.read(".github/workflows/release.yml"), "mine\n");
    const wrong = await init(other, ["--yes", "--force", "--action", "acme/slipway@v1"]);
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /--action does not take acme\/slipway@v1/);
    for (const image of ["acme/app", "quay.io", "quay.io/A b"]) {
      const refused = await init(other, ["--force", "--image", image]);
      assert.equal(refused.code, 2);
      assert.match(refused.stderr, /--image does not take .*\n.*REGISTRY\/REPOSITORY/);
    }
  });

  test("where nothing says where the image lives, that is asked for", async () => {
    await using place = await Checkout.of({ Dockerfile: "FROM scratch\n" });
    const { code, stderr } = await init(place, ["--no-input"]);
    assert.equal(code, 2);
    assert.match(stderr, /--image ghcr\.io\/OWNER\/NAME/);
    const named = await init(place, ["--image", "registry.example.com/a/b,quay.io/a/b"]);
    assert.equal(named.code, 0, named.stderr);
    const { registries, release } = parse(await place.read("slipway.yaml"));
    assert.deepEqual(Object.keys(registries), ["registry-example-com", "quay"]);
    assert.equal(release, undefined);
  });

  test("what cannot be read is passed over, and said", async () => {
    await using place = await project({
      Dockerfile: "FROM scratch\n",
      ".github/workflows/broken.yml": "a: [\n",
      ".github/workflows/wrong.yml":
        "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n          cat > images.yaml <<EOF\n          NOT AN IMAGE: x.example/a\n          EOF\n",
      "regsync.yml": "sync: [\n",
    });
    const { code, stderr } = await init(place, ["--yes"]);
    assert.equal(code, 0, stderr);
    for (const what of [
      /broken\.yml:\d+ was passed over/,
      /wrong\.yml was passed over/,
      /regsync\.yml was passed over/,
    ]) {
      assert.match(stderr, what);
    }
    assert.deepEqual(Object.keys(parse(await place.read("slipway.yaml")).registries), ["ghcr"]);
  });

  test("Chinese, in what is said and what is written", async () => {
    await using place = await project({ Dockerfile: "FROM scratch\n" });
    const { code, stderr } = await init(place, ["--yes", "--lang", "zh-CN"]);
    assert.equal(code, 0);
    assert.match(stderr, /slipway\.yaml {2}已写入/);
    assert.match(await place.read("slipway.yaml"), /# 镜像存放的位置/);
    assert.match(await place.read(".env.example"), /# 供本机运行使用/);
    assert.equal((await place.slipway(["config", "check"])).code, 0);
  });

  test("what it wrote publishes and mirrors, with other values in its variables", async () => {
    await using hub = await startRegistry();
    await using mirror = await startRegistry();
    await hub.put("acme/app", await randomImage({ seed: "init" }), "1.0.0");
    await using place = await Checkout.of({
      "images.yaml": `${hub.host}/acme/app: ${mirror.host}/m/app\n`,
      Dockerfile: "FROM scratch\n",
    });
    assert.equal((await init(place, ["--yes"])).code, 0);
    const text = await place.read("slipway.yaml");
    assert.deepEqual(
      Object.values(parse(text).registries).map((one) => JSON.stringify(one)),
      [`${hub.host}/acme/app`, `${mirror.host}/m/app`].map((image) => JSON.stringify({ image })),
    );
    const planned = await place.slipway(["plan", "sync", "--json"]);
    assert.equal(planned.code, 0, planned.stderr);
    assert.equal(JSON.parse(planned.stdout).plan.transfers.length, 1);
    const synced = await place.slipway(["sync"]);
    assert.equal(synced.code, 0, synced.stderr);
    assert.deepEqual(mirror.tags("m/app"), hub.tags("acme/app"));
    const targets = await place.slipway(["targets"]);
    assert.match(targets.stdout, new RegExp(`${mirror.host}/m/app`));
  });
});
