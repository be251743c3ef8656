import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { zipSync } from "fflate";
import { digestOf } from "../src/oci/digest.ts";
import {
  type Azurite,
  type DockerRegistry,
  skopeoDigest,
  startAzurite,
  startDockerRegistry,
  startGitHub,
  type TestGitHub,
} from "../src/testing/index.ts";
import { Checkout } from "./support/checkout.ts";
import { labelsAt, type Place, skopeoEnd } from "./support/images.ts";
import { yaml } from "./support/release-stage.ts";
import type { Ended } from "./support/workplace.ts";

const REPOSITORY = "acme/app";
const CONTAINER = "packages";
const PACKAGE = "app-1.2.3-linux-x64.zip";
const USER = "alice";
const PASSWORD = "canary-registry-password";
const TOKEN = "canary-github-token";

/** The package that another build has left in Azure's storage. */
const ZIP = zipSync({
  "bin/run": [new TextEncoder().encode("#!/bin/sh\necho run\n"), { os: 3, attrs: 0o755 << 16 }],
  "share/notes.txt": new TextEncoder().encode("notes"),
});

let azurite: Azurite;
let registry: DockerRegistry;

before(async () => {
  [azurite, registry] = await Promise.all([
    startAzurite(),
    startDockerRegistry({ auth: { kind: "basic", users: { [USER]: PASSWORD } } }),
  ]);
  await azurite.put(CONTAINER, PACKAGE, ZIP);
});

after(async () => {
  await azurite[Symbol.asyncDispose]();
  await registry[Symbol.asyncDispose]();
});

/** A project whose image is made of a package in Azure's storage, and a GitHub. */
class Stage implements AsyncDisposable {
  readonly checkout: Checkout;
  readonly github: TestGitHub;
  readonly sas: string;
  readonly repository: string;

  private constructor(checkout: Checkout, github: TestGitHub, sas: string, repository: string) {
    this.checkout = checkout;
    this.github = github;
    this.sas = sas;
    this.repository = repository;
  }

  static async open(name: string, sas?: string): Promise<Stage> {
    const repository = `${REPOSITORY}-${name}`;
    const checkout = await Checkout.of({
      "slipway.yaml": yaml({
        registries: {
          hub: { image: `${registry.host}/${repository}`, username: USER, password: "$" + "{HUB_PASSWORD}" },
        },
        source: {
          azureBlob: "$" + "{AZURE_BLOB_SAS_URL}",
          package: "app-{{version}}-linux-x64.zip",
          unpack: "build/app",
        },
        build: {
          with: "layers",
          layers: [{ folder: "build/app", to: "/app" }],
          config: { entrypoint: ["/app/bin/run"] },
          platforms: ["linux/amd64"],
        },
        tags: ["{{version}}", "latest"],
        release: { github: REPOSITORY, assets: ["build/*.zip"] },
      }),
    });
    const github = await startGitHub({ token: TOKEN });
    return new Stage(checkout, github, sas ?? (await azurite.sasUrl(CONTAINER)), repository);
  }

  get place(): Place {
    return { host: registry.host, repository: this.repository, credentials: `${USER}:${PASSWORD}` };
  }

  slipway(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
    const common = {
      AZURE_BLOB_SAS_URL: this.sas,
      HUB_PASSWORD: PASSWORD,
      GITHUB_API_URL: this.github.apiUrl,
      GITHUB_TOKEN: TOKEN,
    };
    return this.checkout.slipway(args, { env: { ...common, ...env } });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.github.close();
    await this.checkout[Symbol.asyncDispose]();
  }
}

/** What nobody may ever read, in every form that it could have. */
function secretsOf(sas: string): readonly string[] {
  const signature = new URL(sas).searchParams.get("sig") ?? "";
  const plain = [PASSWORD, TOKEN, signature, encodeURIComponent(signature)];
  return [...plain, Buffer.from(`${USER}:${PASSWORD}`).toString("base64")];
}

/** Fails where a secret is in an output, or in any file that a run has left. */
async function assertSilent({ checkout, sas }: Stage, ended: Ended): Promise<void> {
  const files = await checkout.filesBelow(".");
  const written = await Promise.all(files.map(async (file) => [file, await readFile(file, "latin1")] as const));
  const places = [["stdout", ended.stdout], ["stderr", ended.stderr], ...written] as const;
  const found = secretsOf(sas).flatMap((secret) => places.flatMap(([at, text]) => (text.includes(secret) ? [at] : [])));
  assert.deepEqual(found, []);
}

const TELL_ALL = ["--log-level", "debug", "--log", "run.log", "--report", "report.json"];

describe("a package out of Azure Blob Storage", { concurrency: 2 }, () => {
  test("is fetched, unpacked, an image, pushed, attached; and no secret is in anything that a run leaves (S23)", async () => {
    await using stage = await Stage.open("whole");
    const { checkout, github } = stage;
    const summary = { GITHUB_STEP_SUMMARY: checkout.path("summary.md") };
    const ended = await stage.slipway(["release", "1.2.3", ...TELL_ALL], summary);
    assert.equal(ended.code, 0, ended.stderr);
    const report = JSON.parse(await checkout.read("report.json"));
    assert.equal(await skopeoDigest(skopeoEnd(stage.place, "1.2.3")), report.image.digest);
    assert.equal((await labelsAt(stage.place, "1.2.3"))["org.opencontainers.image.version"], "1.2.3");
    assert.equal(await checkout.read("build/app/share/notes.txt"), "notes");
    const [release] = github.releases;
    assert.deepEqual(
      release?.assets.map(({ name, digest }) => [name, digest]),
      [[PACKAGE, digestOf(ZIP)]],
    );
    for (const file of ["summary.md", "run.log"]) assert.notEqual(await checkout.read(file), "");
    await assertSilent(stage, ended);
    assert.ok(secretsOf(stage.sas).every((secret) => secret.length > 10));

    // again, on this machine and on a fresh one
    github.requests.clear();
    assert.equal((await stage.slipway(["release", "1.2.3"])).code, 0);
    for (const folder of [".slipway", "build"]) await checkout.remove(folder);
    const fresh = await stage.slipway(["release", "1.2.3"]);
    assert.equal(fresh.code, 0, fresh.stderr);
    assert.deepEqual(github.requests.writes(), []);
  });

  test("failures of every kind keep silent, too", async () => {
    await using stage = await Stage.open("failing");
    const signature = new URL(stage.sas).searchParams.get("sig") ?? "";
    for (const [env, code, said] of [
      [
        {
          AZURE_BLOB_SAS_URL: stage.sas.replace(
            encodeURIComponent(signature),
            encodeURIComponent(signature.toLowerCase()),
          ),
        },
        4,
        /403|AuthenticationFailed|refuses/,
      ],
      [{ HUB_PASSWORD: `${PASSWORD}-wrong` }, 4, /UNAUTHORIZED/],
      [{ GITHUB_TOKEN: `${TOKEN}-wrong` }, 4, /GITHUB_UNAUTHORIZED/],
    ] as const) {
      const ended = await stage.slipway(["release", "1.2.3", ...TELL_ALL], env);
      assert.equal(ended.code, code, ended.stderr);
      assert.match(ended.stderr, said);
      await assertSilent(stage, ended);
    }
    assert.equal(stage.github.releases.length, 0);
  });

  test("with a signature that has expired: exit 4 before anything is built, and it says since when", async () => {
    const sas = await azurite.sasUrl(CONTAINER, {
      expiresOn: new Date("2026-01-02T03:04:05Z"),
      startsOn: new Date("2025-01-01T00:00:00Z"),
    });
    await using stage = await Stage.open("expired", sas);
    for (const command of [
      ["release", "1.2.3"],
      ["download", "--for", "1.2.3"],
    ]) {
      const ended = await stage.slipway(command);
      assert.equal(ended.code, 4, ended.stderr);
      assert.match(ended.stderr, /AZURE_SAS_EXPIRED/);
      assert.match(ended.stderr, /2026-01-02/);
      await assertSilent(stage, ended);
    }
    assert.deepEqual(await stage.checkout.filesBelow("build"), []);
  });

  test("that is not there: exit 1, and it is named", async () => {
    await using stage = await Stage.open("missing");
    const ended = await stage.slipway(["release", "9.9.9"]);
    assert.equal(ended.code, 1, ended.stderr);
    assert.match(ended.stderr, /app-9\.9\.9-linux-x64\.zip/);
    await assertSilent(stage, ended);
  });

  test("download and unpack go alone, each once; --dry-run says what they would do and does nothing", async () => {
    await using stage = await Stage.open("alone");
    const { checkout } = stage;
    const run = async (...args: readonly string[]) => {
      const ended = await stage.slipway([...args, "--for", "1.2.3", "--json"]);
      assert.equal(ended.code, 0, ended.stderr);
      return JSON.parse(ended.stdout);
    };
    const told = (report: { steps: readonly { step: string; status: string; remark: string }[] }) =>
      report.steps.map(({ step, status, remark }) => [step, status, remark]);

    for (const [command, would] of [
      ["download", ["download"]],
      ["unpack", ["download", "unpack"]],
      ["build", ["download", "unpack", "build"]],
    ] as const) {
      const { plan, ok } = await run(command, "--dry-run");
      assert.equal(ok, true);
      assert.deepEqual(
        plan.map(({ step, action }: { step: string; action: string }) => [step, action]),
        would.map((step) => [step, "do"]),
      );
      const detailed = await stage.slipway([command, "--for", "1.2.3", "--dry-run", "--detailed-exitcode"]);
      assert.equal(detailed.code, 5, detailed.stderr);
      await assertSilent(stage, detailed);
    }
    assert.deepEqual(await checkout.filesBelow(".slipway"), []);
    assert.deepEqual(await checkout.filesBelow("build"), []);

    assert.deepEqual(told(await run("download")), [["download", "done", "download.done"]]);
    assert.deepEqual(await readFile(checkout.path(`build/${PACKAGE}`)), Buffer.from(ZIP));
    assert.deepEqual(told(await run("download")), [["download", "skipped", "download.present"]]);
    assert.deepEqual(told(await run("unpack")), [
      ["download", "skipped", "download.present"],
      ["unpack", "done", "unpack.done"],
    ]);
    assert.match(await checkout.read("build/app/bin/run"), /echo run/);
    assert.deepEqual(told(await run("unpack")).at(-1), ["unpack", "skipped", "unpack.present"]);
    // what somebody has changed in between is put right
    await checkout.write("build/app/bin/run", "changed");
    await checkout.remove("build/app/share");
    assert.deepEqual(told(await run("unpack")).at(-1), ["unpack", "done", "unpack.done"]);
    assert.match(await checkout.read("build/app/bin/run"), /echo run/);
  });

  test("without a version, a name with {{version}} cannot be known: exit 2", async () => {
    await using stage = await Stage.open("unversioned");
    const ended = await stage.slipway(["download"]);
    assert.equal(ended.code, 2, ended.stderr);
    assert.match(ended.stderr, /which version\? source\.package \(app-\{\{version\}\}-linux-x64\.zip\) needs one/);
  });
});
