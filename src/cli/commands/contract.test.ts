import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { runInTest } from "../run-in-test.ts";

let folder = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-contract-"));
});
after(() => rm(folder, { recursive: true }));

function slipway(environment: NodeJS.ProcessEnv, ...argv: readonly string[]) {
  return runInTest(folder, environment, argv);
}

/** A folder with a configuration; where it is. */
async function project(name: string, yaml: string): Promise<{ readonly config: string; readonly page: string }> {
  await mkdir(join(folder, name));
  const config = join(folder, name, "slipway.yaml");
  await writeFile(config, yaml);
  return { config, page: join(folder, name, "docs", "image-contract.md") };
}

const MINIMAL = "version: 1\nregistries: { ghcr: { image: ghcr.io/o/app } }\n";
const WHOLE = `version: 1
name: hagicode
registries:
  docker-hub: { image: docker.io/o/app, username: "\${HUB_USER}", password: "\${HUB_PASSWORD}" }
  aliyun: { image: "\${ALIYUN:-aliyun.example}/o/app", username: "\${ALIYUN_USER}", password: "\${ALIYUN_PASSWORD}", required: false, adapt: true }
  credentials-only: { image: quay.example, username: bob, password: "\${file:/run/secrets/quay}" }
source: { azureBlob: "\${SAS}", package: "app-{{version}}.zip", unpack: build/app }
build: { with: docker, platforms: [linux/amd64, linux/arm64], paths: ["api/**", { "added|modified": "web/**" }], sbom: true }
tags: ["{{version}}", "{{major}}.{{minor}}", latest, "type=ref,event=branch", "type=raw,value=build-\${BUILD_NUMBER}"]
labels: { com.example.run: "\${RUN}", com.example.build: "\${BUILD_NUMBER}" }
release: { github: o/releases, assets: "dist/*-\${ARCH}.zip", latest: "false" }
mirrors:
  - { from: docker.io/o/app, to: quay.example/o/app, tags: { semver: ">=1", exclude: "*-rc*", newest: 5 } }
`;

/** Headings, and code without what is in it. */
function skeleton(page: string): readonly string[] {
  return page.split("\n").flatMap((line) => /^(?:#+ |```\w*|\|-)/.exec(line)?.[0] ?? []);
}

describe("contract: the page", () => {
  const pages = new Map<string, string>();
  before(async () => {
    const { config } = await project("whole", WHOLE);
    for (const lang of ["en", "zh-CN"]) {
      const { exit, out } = await slipway({}, "contract", "-c", config, "--dry-run", "--lang", lang);
      assert.equal(exit, 0);
      pages.set(lang, out);
    }
    const { out } = await slipway({}, "contract", "-c", (await project("minimal", MINIMAL)).config, "--dry-run");
    pages.set("minimal", out);
  });

  const LINES: readonly (readonly [page: string, line: string])[] = [
    [
      "en",
      "<!-- Made by `slipway contract` (language: en) from slipway.yaml. Do not edit it: change slipway.yaml, and run that again. -->",
    ],
    ["en", "# Image contract: hagicode"],
    ["en", "| docker-hub | `docker.io/o/app` | primary, required |"],
    ["en", "| aliyun | `aliyun.example/o/app` | optional, adapted |"],
    ["en", "- `ALIYUN` can change the address of aliyun."],
    ["en", "| Rule | Release 1.2.3 | Prerelease 1.3.0-rc.1 | Branch `main` | Pull request 15 | Kind |"],
    ["en", "| `{{version}}` | `1.2.3` | `1.3.0-rc.1` | – | – | fixed |"],
    ["en", "| `{{major}}.{{minor}}` | `1.2` | `1.3.0-rc.1` | – | – | floating |"],
    ["en", "| `latest` | `latest` | – | – | – | floating |"],
    ["en", "| `type=ref,event=branch` | – | – | `main` | – | moving |"],
    ["en", "- `1.2`: the highest stable version of 1.2.x"],
    ["en", "- `1.2` moves to 1.2.4"],
    ["en", "- `latest` stays at 1.3.0"],
    ["en", "- Platforms: `linux/amd64`, `linux/arm64`, all under one tag."],
    ["en", "- Source: `app-{{version}}.zip` in Azure Blob Storage."],
    ["en", "- There is an SBOM attestation."],
    ["en", "| `com.example.run` | `${RUN}` |"],
    ["en", "docker buildx imagetools inspect --format '{{.Manifest.Digest}}' docker.io/o/app:1.2.3"],
    ["en", "skopeo inspect --raw docker://aliyun.example/o/app:1.2.3 | sha256sum"],
    ["en", "| `docker.io/o/app` | `quay.example/o/app` | versions `>=1`; without `*-rc*`; no more than the newest 5 |"],
    ["en", "- `added|modified`: `web/**`"],
    ["en", '  t3["push docker-hub"]'],
    [
      "en",
      "**A GitHub Release, or a file of it, is created or changed only after every required registry serves the digest of the version.**",
    ],
    ["en", "| Git tag | `v1.2.3`, for 1.2.3; never moved |"],
    ["en", "| Files | `dist/*-${ARCH}.zip` |"],
    ["en", "| Marked as latest | never |"],
    [
      "en",
      "| an optional registry (aliyun) | everything else, released; the next run brings the image there as well | 3 |",
    ],
    ["en", "| `HUB_PASSWORD` | `registries.docker-hub.password` | yes |"],
    ["en", "| `ALIYUN` | `registries.aliyun.image` | no: there is a default |"],
    ["en", "| file `/run/secrets/quay` | `registries.credentials-only.password` | yes |"],
    ["en", "| `BUILD_NUMBER` | `tags`, `labels.com.example.build` | yes |"],
    ["zh-CN", "# 镜像契约：hagicode"],
    ["zh-CN", "| aliyun | `aliyun.example/o/app` | 可选、有调整 |"],
    ["zh-CN", "**只有当所有必需仓库都已提供该版本的摘要之后，才会创建或更改 GitHub Release 及其附件。**"],
    ["minimal", "# Image contract: app"],
    ["minimal", "| `type=ref,event=pr` | – | – | – | `pr-15` | not pushed |"],
    ["minimal", "- Builder: `docker` or `buildah`, whichever the machine has, by `Dockerfile`."],
    ["minimal", "slipway verify 1.2.3 --image ghcr.io/o/app"],
    ["minimal", "**No GitHub Release is made here: the image is all that is published.**"],
    ["minimal", "`slipway.yaml` takes no variables."],
    ["minimal", "For ghcr, the logins of Docker or Podman are used."],
  ];

  for (const [name, line] of LINES) {
    test(`${name}: ${line.slice(0, 70)}`, () =>
      assert.ok(pages.get(name)?.split("\n").includes(line), pages.get(name)));
  }

  test("it forbids the trigger that makes half releases, and names no registry that is there for credentials alone", () => {
    for (const page of pages.values()) assert.match(page, /`release: published`/);
    assert.doesNotMatch(pages.get("en") ?? "", /\| credentials-only \|/);
  });

  test("what a configuration does not have, its page does not speak of", () => {
    assert.doesNotMatch(
      pages.get("minimal") ?? "",
      /## Mirrors|## GitHub Release|optional|adapted|download|GITHUB_TOKEN/,
    );
  });

  test("both languages say the same, in the same order", () => {
    assert.deepEqual(skeleton(pages.get("zh-CN") ?? ""), skeleton(pages.get("en") ?? ""));
  });

  test("tables are whole, and no slot is left open", () => {
    for (const page of pages.values()) {
      const rows = page.split("\n").map((line) => (line.startsWith("|") ? line.split(/(?<!\\)\|/).length : 0));
      rows.forEach((cells, at) => {
        const before = rows[at - 1] ?? 0;
        assert.ok(cells === 0 || before === 0 || cells === before, page.split("\n")[at]);
      });
      assert.doesNotMatch(page.replace(/`[^`]*`/g, ""), /\{\w+\}|undefined/);
      assert.doesNotMatch(page, /\n\n\n|[ \t]\n/);
    }
  });
});

test("contract: the same configuration gives the same bytes whatever the machine has, and no secret", async () => {
  const { config } = await project("same", WHOLE);
  const bare = await slipway({}, "contract", "-c", config, "--dry-run");
  const values = ["HUB_USER", "HUB_PASSWORD", "ALIYUN_USER", "ALIYUN_PASSWORD", "SAS", "BUILD_NUMBER", "RUN", "ARCH"];
  const environment = {
    ...Object.fromEntries(values.map((name) => [name, "canary"])),
    GITHUB_REPOSITORY: "canary/canary",
    GITHUB_REF: "refs/heads/canary",
    SLIPWAY_VERSION: "9.9.9",
  };
  const full = await slipway(environment, "contract", "-c", config, "--dry-run");
  assert.equal(full.out, bare.out);
  assert.doesNotMatch(full.out + full.err, /canary|9\.9\.9/);
});

test("contract: an address is told as it is in force", async () => {
  const { config } = await project("address", WHOLE);
  const { out } = await slipway({ ALIYUN: "other.example" }, "contract", "-c", config, "--dry-run");
  assert.match(out, /\| aliyun \| `other\.example\/o\/app` \|/);
});

test("contract: a variable that is no text still counts", async () => {
  const yaml = `${MINIMAL}tags: ["{{version}}", "type=raw,value=edge,enable=\${EDGE}"]\n`;
  const { config } = await project("enable", yaml);
  const { exit, out } = await slipway({ EDGE: "true" }, "contract", "-c", config, "--dry-run");
  assert.equal(exit, 0);
  assert.match(out, /`type=raw,value=edge,enable=true` \| `edge`/);
});

test("contract: only what the page tells is asked for", async () => {
  const yaml = 'version: 1\nregistries: { one: { image: "${HOST}/o/app" } }\nlabels: { a: "${BUILD_ID}" }\n';
  const { config } = await project("asked", yaml);
  const { exit, out } = await slipway({}, "contract", "-c", config, "--json");
  const { errors }: { errors: readonly { message: string }[] } = JSON.parse(out);
  assert.equal(exit, 2);
  assert.deepEqual(
    errors.map(({ message }) => /variable \w+/.exec(message)?.[0]),
    ["variable HOST"],
  );
});

test("contract: written once, then left", async () => {
  const { config, page } = await project("write", MINIMAL);
  const first = await slipway({}, "contract", "-c", config);
  assert.deepEqual([first.exit, first.out, first.err], [0, "", `✓ ${page} is written\n`]);
  const again = await slipway({}, "contract", "-c", config, "--json");
  assert.deepEqual(JSON.parse(again.out), { version: 1, command: "contract", ok: true, file: page, changed: false });
  assert.deepEqual(await readdir(join(folder, "write", "docs")), ["image-contract.md"]);
});

test("contract: where the configuration or the user says", async () => {
  const { config, page } = await project("where", `${MINIMAL}contract: a/b.md\n`);
  await slipway({}, "contract", "-c", config);
  const other = join(folder, "where", "other.md");
  await slipway({}, "contract", "-c", config, "--output", other);
  assert.deepEqual([existsSync(page), existsSync(other)], [false, true]);
  assert.equal(await readFile(join(folder, "where", "a", "b.md"), "utf8"), await readFile(other, "utf8"));
});

test("contract: --check finds the first line that differs, and changes nothing", async () => {
  const { config, page } = await project("check", MINIMAL);
  const missing = await slipway({}, "contract", "-c", config, "--check", "--json");
  assert.equal(missing.exit, 5);
  assert.equal(JSON.parse(missing.out).difference.line, 1);
  assert.ok(!existsSync(page));
  await slipway({}, "contract", "-c", config);
  const fine = await slipway({}, "contract", "-c", config, "--check");
  assert.deepEqual([fine.exit, fine.err], [0, `✓ ${page} says what the configuration does\n`]);
  const edited = (await readFile(page, "utf8")).replace("primary, required", "gone");
  await writeFile(page, edited);
  const { exit, out, err } = await slipway({}, "contract", "-c", config, "--check");
  assert.equal(exit, 5);
  assert.equal(
    out,
    "line 11:\n- | ghcr | `ghcr.io/o/app` | gone |\n+ | ghcr | `ghcr.io/o/app` | primary, required |\n",
  );
  assert.match(err, /^error: .*image-contract\.md does not say what the configuration does\n/);
  const told = JSON.parse((await slipway({}, "contract", "-c", config, "--check", "--json")).out);
  assert.deepEqual([told.ok, told.changed, told.errors[0].code], [false, true, "CONTRACT_OUTDATED"]);
  assert.equal(await readFile(page, "utf8"), edited);
});

test("contract: a page keeps its language until somebody says otherwise", async () => {
  const { config, page } = await project("language", MINIMAL);
  await slipway({}, "contract", "-c", config, "--lang", "zh-CN");
  assert.equal((await slipway({}, "contract", "-c", config, "--check")).exit, 0);
  assert.equal((await slipway({}, "contract", "-c", config, "--check", "--lang", "en")).exit, 0);
  await slipway({}, "contract", "-c", config);
  assert.match(await readFile(page, "utf8"), /# 镜像契约/);
  await slipway({}, "contract", "-c", config, "--lang", "en");
  assert.match(await readFile(page, "utf8"), /# Image contract/);
  await rm(page);
  await slipway({ LANG: "zh_CN.UTF-8" }, "contract", "-c", config);
  assert.match(await readFile(page, "utf8"), /# 镜像契约/);
});

test("contract: what git does to the ends of lines is no change", async () => {
  const { config, page } = await project("crlf", MINIMAL);
  await slipway({}, "contract", "-c", config);
  const windows = (await readFile(page, "utf8")).replaceAll("\n", "\r\n");
  await writeFile(page, windows);
  assert.equal((await slipway({}, "contract", "-c", config, "--check")).exit, 0);
  await slipway({}, "contract", "-c", config);
  assert.equal(await readFile(page, "utf8"), windows);
});

test("contract: a dry run prints the page and writes nothing", async () => {
  const { config, page } = await project("dry", MINIMAL);
  const { exit, out } = await slipway({}, "plan", "contract", "-c", config, "--detailed-exitcode");
  assert.equal(exit, 5);
  assert.match(out, /^<!-- Made by/);
  assert.ok(!existsSync(page));
  await slipway({}, "contract", "-c", config);
  assert.equal((await slipway({}, "contract", "-c", config, "--dry-run", "--detailed-exitcode")).exit, 0);
  assert.equal(await readFile(page, "utf8"), out);
});

test("contract: the work of somebody else is not written over", async () => {
  const { config, page } = await project("foreign", MINIMAL);
  await mkdir(join(folder, "foreign", "docs"));
  await writeFile(page, "# By hand\n");
  const { err } = await slipway({}, "contract", "-c", config);
  assert.match(err, /was not written by `slipway contract`/);
  assert.equal(await readFile(page, "utf8"), "# By hand\n");
});

const REFUSED: readonly (readonly [yaml: string, argv: readonly string[], error: RegExp])[] = [
  ["version: 1\n", [], /names no registry to publish to/],
  [MINIMAL, ["--check", "--dry-run"], /--check does not go with --dry-run/],
  [MINIMAL, ["--detailed-exitcode"], /--detailed-exitcode does nothing without --dry-run/],
  [`${MINIMAL}tags: "{{wrong}}"\n`, [], /wrong/],
];

REFUSED.forEach(([yaml, argv, error], at) => {
  test(`contract: refused with exit code 2: ${error.source}`, async () => {
    const { config } = await project(`refused-${at}`, yaml);
    const { exit, err } = await slipway({}, "contract", "-c", config, ...argv);
    assert.match(err, error);
    assert.equal(exit, 2);
  });
});
