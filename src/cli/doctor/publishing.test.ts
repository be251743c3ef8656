import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { installStandIn } from "../../build/dockerfile/buildx-stand-in.ts";
import { type SampleRepository, sampleRepository } from "../../changes/sample-repository.ts";
import {
  startAzurite,
  startDockerRegistry,
  startGitHub,
  startRegistry,
  type TestGitHub,
  type TestGitHubOptions,
} from "../../testing/index.ts";
import { run } from "../run.ts";
import type { Finding } from "./finding.ts";

const DAY = 24 * 60 * 60 * 1000;
const LAYERS = "build: { with: layers, layers: [{ folder: files, to: /app }], platforms: [linux/amd64] }\n";

/** A project in a checkout of its own, and what the command says about it. */
class Bench {
  readonly repository: SampleRepository;

  constructor(repository: SampleRepository) {
    this.repository = repository;
  }

  path(name: string): string {
    return join(this.repository.folder, name);
  }

  async configure(config: string): Promise<void> {
    await writeFile(this.path("slipway.yaml"), `version: 1\nname: app\n${config}`);
  }

  async command(argv: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const written = { out: "", err: "" };
    const exit = await run(["--config", this.path("slipway.yaml"), ...argv], {
      environment: { ...this.repository.options.env, LANG: "C", ...env },
      out: { write: (text) => (written.out += String(text)) },
      err: { write: (text) => (written.err += String(text)) },
      signal: new AbortController().signal,
      version: "1.2.3",
    });
    assert.doesNotMatch(written.out + written.err, /canary/);
    return { exit, ...written };
  }

  /** Of the checks of these names: name, level, code or text, and hint where there is one. */
  async doctor(names: readonly Finding["check"][], argv: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
    const { exit, out, err } = await this.command(["doctor", "--json", ...argv], env);
    assert.notEqual(out, "", err);
    const { checks }: { readonly checks: readonly (Finding & { readonly ok: boolean })[] } = JSON.parse(out);
    for (const { ok, level } of checks) assert.equal(ok, level !== "failed");
    const found = checks.filter(({ check }) => names.includes(check));
    return { exit, found: found.map(({ check, level, code, text, hint }) => ({ check, level, code, text, hint })) };
  }
}

async function bench(context: TestContext): Promise<Bench> {
  const repository = await sampleRepository(context);
  await repository.commit({ "files/run": "run", ".gitignore": "slipway.yaml\n.slipway\n" });
  return new Bench(repository);
}

const levels = (found: readonly { check: string; level: string; code?: string | undefined; text: string }[]) =>
  found.map(({ check, level, code, text }) => [check, level, code ?? text]);

test("doctor: a project that is fit to be released", async (context) => {
  const project = await bench(context);
  await using hub = await startRegistry();
  await using github = await startGitHub({ rights: "admin", scopes: ["repo"] });
  const revision = await project.repository.git("rev-parse", "HEAD");
  await project.repository.git("tag", "v1.2.3");
  await writeFile(project.path("app-1.2.3.zip"), "zip");
  await writeFile(project.path("NOTES-1.2.3.md"), "notes");
  await project.configure(`registries: { hub: { image: "${hub.host}/acme/app" } }
${LAYERS}tags: ["{{version}}", "{{major}}.{{minor}}", latest]
release: { github: acme/app, assets: ["*-{{version}}.zip"], notes: "NOTES-{{version}}.md" }
`);
  const env = { GITHUB_API_URL: github.apiUrl, GITHUB_TOKEN: github.token };
  const names = ["git", "builder", "context", "package", "version", "tags", "github", "notes", "assets"] as const;
  const { exit, found } = await project.doctor(names, [], env);
  assert.deepEqual(levels(found), [
    ["git", "ok", `${revision.slice(0, 12)} (main, v1.2.3)`],
    ["builder", "ok", "layers: scratch, linux/amd64"],
    ["version", "ok", `${hub.host}/acme/app:1.2.3 is free`],
    ["tags", "ok", `${hub.host}/acme/app:1.2 would move to 1.2.3`],
    ["tags", "ok", `${hub.host}/acme/app:latest would move to 1.2.3`],
    [
      "github",
      "ok",
      "acme/app: the token from GITHUB_TOKEN may make releases (the account may push, and the token has the scope repo)",
    ],
    ["github", "ok", "acme/app: releases are not immutable (the setting is off)"],
    [
      "github",
      "ok",
      "v1.2.3: free, as far as GitHub says (no release has it; whether an immutable one had it at another commit shows only in publishing)",
    ],
    ["notes", "ok", "NOTES-1.2.3.md"],
    ["assets", "ok", "*-1.2.3.zip: app-1.2.3.zip"],
  ]);
  assert.equal(exit, 0);
  assert.deepEqual([hub.repositories(), hub.openUploads, github.releases, github.violations], [[], 0, [], []]);
  const { out } = await project.command(["doctor", "--lang", "zh-CN"], env);
  assert.match(out, new RegExp(`^✓ 版本 +${hub.host}/acme/app:1.2.3 尚未使用$`, "m"));
});

test("doctor: a version is free, this commit's, or another's, and floating tags stay behind newer ones", async (context) => {
  const project = await bench(context);
  await using hub = await startRegistry();
  await using mirror = await startRegistry();
  await project.configure(`registries:
  hub: { image: "${hub.host}/acme/app" }
  mirror: { image: "${mirror.host}/acme/app", required: false }
${LAYERS}tags: ["{{version}}", "{{major}}", latest]
`);
  const push = async (...argv: readonly string[]) => {
    const { exit, err } = await project.command(["push", ...argv]);
    assert.equal(exit, 0, err);
  };
  await push("hub", "--for", "1.2.3");
  const digest = hub.tags("acme/app")["1.2.3"];
  const ask = (version: string) => project.doctor(["version", "tags"], ["--for", version]);
  const image = `${hub.host}/acme/app`;
  const ours = await ask("1.2.3");
  assert.equal(ours.exit, 0);
  assert.deepEqual(levels(ours.found).slice(0, 2), [
    ["version", "ok", `${image}:1.2.3 is this commit's already: ${digest}`],
    ["version", "ok", `${mirror.host}/acme/app:1.2.3 is free`],
  ]);
  await project.repository.commit({ "files/run": "another" });
  await push("--for", "1.3.0");
  const taken = await ask("1.2.3");
  assert.equal(taken.exit, 1);
  assert.deepEqual(levels(taken.found).slice(0, 2), [
    ["version", "failed", "VERSION_TAKEN"],
    ["version", "ok", `${mirror.host}/acme/app:1.2.3 is free`],
  ]);
  assert.match(taken.found[0]?.hint ?? "", /never overwritten/);
  assert.ok(
    taken.found.some(({ check, text }) => check === "tags" && text === `${image}:latest stays: 1.3.0 is newer`),
  );
  await project.repository.commit({ "files/run": "a third" });
  const optional = await ask("1.3.0");
  assert.deepEqual(levels(optional.found).slice(0, 2), [
    ["version", "failed", "VERSION_TAKEN"],
    ["version", "warning", "VERSION_TAKEN"],
  ]);
  await rm(project.path(".git"), { recursive: true });
  const unknown = await ask("1.3.0");
  assert.equal(unknown.exit, 0);
  assert.match(unknown.found[0]?.text ?? "", /exists: sha256:[0-9a-f]{64}; whether it is this commit's/);
});

test("doctor: without a version there is none to check, and a wrong one is no finding", async (context) => {
  const project = await bench(context);
  await project.configure(LAYERS);
  assert.deepEqual(levels((await project.doctor(["version"])).found), [
    ["version", "ok", "none is at hand; --for VERSION checks one"],
  ]);
  const invalid = await project.doctor(["version"], [], { SLIPWAY_VERSION: "next" });
  assert.deepEqual([invalid.exit, ...levels(invalid.found)], [1, ["version", "failed", "VERSION_INVALID"]]);
  assert.equal((await project.command(["doctor", "--for", "next"])).exit, 2);
  assert.equal((await project.command(["doctor", "--for", "1.0.0", "--images", "images.yaml"])).exit, 2);
});

test("doctor: --for makes a project of what publishes by default", async (context) => {
  const project = await bench(context);
  await using hub = await startRegistry();
  await project.configure(`registries: { hub: { image: "${hub.host}/acme/app" } }\n`);
  assert.deepEqual((await project.doctor(["version", "git"])).found, []);
  const { found } = await project.doctor(["version"], ["--for", "v2.0.0"]);
  assert.deepEqual(levels(found), [["version", "ok", `${hub.host}/acme/app:2.0.0 is free`]]);
});

type GitHubCase = readonly [
  what: string,
  options: TestGitHubOptions,
  change: (github: TestGitHub) => unknown,
  exit: number,
  ...said: readonly (readonly [check: string, level: string, codeOrText: string | RegExp])[],
];

const NOTHING = () => undefined;
const GITHUB: readonly GitHubCase[] = [
  ["an account that may only read", { rights: "read" }, NOTHING, 4, ["github", "failed", "RELEASE_NOT_ALLOWED"]],
  ["nothing to be seen", { rights: "none", private: true }, NOTHING, 1, ["github", "failed", "GITHUB_NOT_FOUND"]],
  ["a token without the scope", { scopes: ["gist"] }, NOTHING, 4, ["github", "failed", "RELEASE_NOT_ALLOWED"]],
  ["a token that may be enough", {}, NOTHING, 0, ["github", "ok", /may likely make releases .*contents: write/]],
  [
    "an archived repository",
    {},
    (github) => github.set({ archived: true }),
    4,
    ["github", "failed", "RELEASE_NOT_ALLOWED"],
  ],
  [
    "a token at its end",
    { tokenExpires: new Date(Date.now() + 2 * DAY) },
    NOTHING,
    0,
    ["credential", "warning", /from GITHUB_TOKEN, valid until/],
  ],
  [
    "a token that is over",
    { tokenExpires: new Date(Date.now() - DAY) },
    NOTHING,
    4,
    ["credential", "failed", "CREDENTIAL_EXPIRED"],
  ],
  [
    "a token with time",
    { tokenExpires: new Date(Date.now() + 60 * DAY) },
    NOTHING,
    0,
    ["credential", "ok", /valid until/],
  ],
  ["few requests", { requestsLeft: 40 }, NOTHING, 0, ["github", "warning", /takes 39 of 5000 requests until/]],
  [
    "immutable releases",
    { rights: "admin", immutableReleases: true },
    NOTHING,
    0,
    ["github", "ok", /what is released can never be changed \(the setting is on\)/],
  ],
  ["what only an administrator is told", {}, NOTHING, 0, ["github", "ok", /is unknown \(only a token with/]],
  [
    "a release that can change",
    {},
    (github) => github.putRelease({ tag_name: "v1.2.3" }),
    0,
    ["github", "ok", /^v1\.2\.3: free \(the release \d+ has it, and can change\)/],
  ],
  [
    "a release that cannot",
    { immutableReleases: true },
    (github) => github.putRelease({ tag_name: "v1.2.3" }),
    0,
    ["github", "ok", /^v1\.2\.3: locked \(the immutable release/],
  ],
];

for (const [what, options, change, exit, ...said] of GITHUB) {
  test(`doctor: GitHub with ${what}`, async (context) => {
    const project = await bench(context);
    await using github = await startGitHub(options);
    change(github);
    await using hub = await startRegistry();
    await project.configure(
      `registries: { hub: { image: "${hub.host}/acme/app" } }\n${LAYERS}release: { github: acme/app }\n`,
    );
    const env = { GITHUB_API_URL: github.apiUrl, GITHUB_TOKEN: github.token };
    const answer = await project.doctor(["github", "credential"], ["--for", "1.2.3"], env);
    assert.equal(answer.exit, exit);
    for (const [check, level, expected] of said) {
      const isSaid = answer.found.some(
        (one) =>
          one.check === check &&
          one.level === level &&
          (typeof expected === "string" ? one.code === expected : expected.test(one.text)),
      );
      assert.ok(isSaid, `${expected} in ${JSON.stringify(answer.found)}`);
    }
    assert.deepEqual(github.violations, []);
  });
}

test("doctor: a token that is missing or wrong, and a repository that nobody names", async (context) => {
  const project = await bench(context);
  await using github = await startGitHub();
  await project.configure(`${LAYERS}release: { github: acme/app }\n`);
  const ask = (env: NodeJS.ProcessEnv) => project.doctor(["github", "destination"], [], env);
  const missing = await ask({ GITHUB_API_URL: github.apiUrl });
  assert.deepEqual(levels(missing.found), [
    ["destination", "failed", "OUTLETS_MISSING"],
    ["github", "failed", "GITHUB_TOKEN_MISSING"],
  ]);
  const wrong = await ask({ GITHUB_API_URL: github.apiUrl, GITHUB_TOKEN: "canary" });
  assert.deepEqual(levels(wrong.found).at(-1), ["github", "failed", "GITHUB_UNAUTHORIZED"]);
  await project.configure(`${LAYERS}release: {}\n`);
  assert.deepEqual(levels((await ask({ GITHUB_TOKEN: "x" })).found).at(-1), [
    "github",
    "failed",
    "GITHUB_REPOSITORY_UNKNOWN",
  ]);
});

test("doctor: a git tag on another commit, and one that is burned though it is still there", async (context) => {
  const project = await bench(context);
  await using github = await startGitHub({ immutableReleases: true });
  await project.configure(`${LAYERS}release: {}\n`);
  await project.repository.git("remote", "add", "origin", "https://github.com/acme/app.git");
  const env = { GITHUB_API_URL: github.apiUrl, GITHUB_TOKEN: github.token };
  const ask = async (version: string) => (await project.doctor(["github"], ["--for", version], env)).found.at(-1);
  github.putTag("v1.0.0");
  assert.equal((await ask("1.0.0"))?.code, "GIT_TAG_ELSEWHERE");
  await project.configure(`${LAYERS}release: { github: acme/other }\n`);
  await using other = await startGitHub({ immutableReleases: true, repository: "acme/other" });
  const deleted = other.putRelease({ tag_name: "v1.0.0" });
  const answer = await fetch(`${other.apiUrl}/repos/acme/other/releases/${deleted}`, {
    method: "DELETE",
    headers: { authorization: `token ${other.token}`, "user-agent": "test" },
  });
  assert.equal(answer.status, 204);
  assert.deepEqual(Object.keys(other.tags), ["v1.0.0"]);
  env.GITHUB_API_URL = other.apiUrl;
  env.GITHUB_TOKEN = other.token;
  assert.equal((await ask("1.0.0"))?.code, "TAG_BURNED");
});

const sas = (days: number, permissions = "r", more = "") =>
  `https://acct.blob.core.windows.net/c?sp=${permissions}&se=${new Date(Date.now() + days * DAY).toISOString()}${more}&sig=canary`;

test("doctor: what a SAS URL says of itself", async (context) => {
  const project = await bench(context);
  const soon = new Date(Date.now() + DAY).toISOString();
  for (const [url, exit, level, expected] of [
    [sas(-1), 4, "failed", "AZURE_SAS_EXPIRED"],
    [sas(6), 0, "warning", /\/c may be read until \d{4}-\d\d-\d\d \d\d:\d\d UTC$/],
    [sas(8), 0, "ok", /\/c may be read until/],
    [sas(8, "lw"), 4, "failed", "AZURE_SAS_LACKS_READ"],
    [sas(8, "r", `&st=${soon}`), 1, "failed", /may not be read before/],
  ] as const) {
    await project.configure(`source: { azureBlob: "\${SAS}", package: "app-{{version}}.zip" }\n${LAYERS}`);
    const { exit: was, found } = await project.doctor(["package"], [], { SAS: url });
    assert.equal(was, exit, JSON.stringify(found));
    const [first] = found;
    assert.equal(first?.level, level);
    if (typeof expected === "string") assert.equal(first?.code, expected);
    else assert.match(first?.text ?? "", expected);
  }
});

test("doctor: a package is asked for where the version is known, and not fetched", async (context) => {
  const project = await bench(context);
  await using azurite = await startAzurite();
  await azurite.put("packages", "app-1.2.3.zip", Buffer.from("a package"));
  await project.configure(`source: { azureBlob: "\${SAS}", package: "app-{{version}}.zip" }\n${LAYERS}`);
  const env = { SAS: await azurite.sasUrl("packages", { expiresOn: new Date(Date.now() + 30 * DAY) }) };
  const ask = async (...argv: readonly string[]) =>
    levels((await project.doctor(["package"], argv, env)).found).slice(1);
  const address = `http://${azurite.host}/${azurite.account}/packages`;
  assert.deepEqual(await ask("--for", "1.2.3"), [["package", "ok", `${address}/app-1.2.3.zip, 9 B`]]);
  assert.deepEqual(await ask("--for", "9.9.9"), [["package", "failed", "DOWNLOAD_MISSING"]]);
  assert.match(String((await ask())[0]?.[2]), /not asked for, as no version is named$/);
  await project.configure(`source: { path: "app-{{version}}.zip" }\n${LAYERS}`);
  const local = await project.doctor(["package"], ["--for", "1.2.3"]);
  assert.deepEqual(levels(local.found), [["package", "warning", "PACKAGE_UNREADABLE"]]);
});

test("doctor: the state of the checkout", async (context) => {
  const project = await bench(context);
  await project.configure(LAYERS);
  const git = async (env: NodeJS.ProcessEnv = {}) => (await project.doctor(["git"], [], env)).found;
  const [dubious] = await git({ GIT_TEST_ASSUME_DIFFERENT_OWNER: "1" });
  assert.deepEqual([dubious?.level, dubious?.code], ["failed", "GIT_FAILED"]);
  const command = `git config --global --add safe.directory ${project.repository.folder}`;
  assert.ok(dubious?.hint?.includes(`\`${command}\``), dubious?.hint);
  assert.deepEqual(levels(await git({ PATH: "" })), [["git", "warning", "GIT_MISSING"]]);
  await writeFile(project.path("files/run"), "changed");
  assert.deepEqual(
    (await git()).map(({ level }) => level),
    ["ok", "warning"],
  );
  await rm(project.path(".git"), { recursive: true });
  const [none] = await git();
  assert.deepEqual([none?.level, /is no checkout with a commit/.test(none?.text ?? "")], ["warning", true]);
});

test("doctor: the builder that would be used, and what it lacks", async (context) => {
  const project = await bench(context);
  const bin = project.path("bin");
  await mkdir(bin);
  const standIn = await installStandIn(bin, { instances: [{ name: "ci", driver: "remote" }] });
  const ask = async (config: string, env: NodeJS.ProcessEnv = {}) => {
    await project.configure(config);
    return (await project.doctor(["builder", "context"], [], env)).found;
  };
  const git = { PATH: "/nonexistent" };
  const build = 'tags: ["{{version}}"]\nbuild: { platforms: [linux/amd64, linux/arm64] }\n';
  assert.deepEqual(levels(await ask(build, standIn)).slice(0, 1), [["builder", "failed", "DOCKERFILE_MISSING"]]);
  const toCome = `source: { path: app.zip, unpack: app }\n${build}`;
  assert.deepEqual(levels(await ask(toCome, standIn)).slice(0, 2), [
    ["builder", "ok", "docker: Dockerfile, linux/amd64, linux/arm64"],
    ["builder", "warning", "Dockerfile is not there now, and the build needs it"],
  ]);
  await writeFile(project.path("Dockerfile"), "FROM scratch\n");
  assert.deepEqual(levels(await ask(build, git)).slice(0, 1), [["builder", "failed", "BUILDER_NONE"]]);
  const exposed = "the build context holds what Slipway keeps in .slipway: add the line .slipway to .dockerignore";
  assert.deepEqual(levels(await ask(build, standIn)), [
    ["builder", "ok", "docker: Dockerfile, linux/amd64, linux/arm64"],
    ["context", "warning", exposed],
  ]);
  const built = await project.command(["build", "--for", "1.0.0"], standIn);
  assert.equal(built.exit, 0, built.err);
  assert.equal(built.err.split(`! ${exposed}`).length, 2, built.err);
  const again = await project.command(["build", "--for", "1.0.0", "--force", "--progress", "json"], standIn);
  const events = again.err.split("\n").filter((line) => line.includes('"event":"notice"'));
  assert.deepEqual(events, [JSON.stringify({ event: "notice", level: "warn", text: exposed })]);
  await writeFile(project.path(".dockerignore"), ".slipway\n");
  assert.deepEqual(levels(await ask(build, standIn)).slice(1), []);
  const docker = 'tags: ["{{version}}"]\nbuild: { with: docker }\n';
  assert.deepEqual(levels(await ask(docker, git)), [["builder", "failed", "BUILD_PROGRAM_MISSING"]]);
});

test("doctor: layers that are not there, and a base image that is not", async (context) => {
  const project = await bench(context);
  await using hub = await startRegistry();
  await project.configure(
    `build: { from: "${hub.host}/base:1", layers: [{ folder: files, to: /app }, { file: dist/app, to: /app/ }] }\n`,
  );
  const { exit, found } = await project.doctor(["builder"]);
  assert.equal(exit, 1);
  assert.deepEqual(levels(found), [
    ["builder", "failed", "MANIFEST_UNKNOWN"],
    ["builder", "warning", "dist/app is not there now, and the build needs it"],
  ]);
});

test("doctor: files of a release that are missing, or clash", async (context) => {
  const project = await bench(context);
  await using github = await startGitHub();
  for (const file of ["a/app.zip", "b/app.zip"]) await project.repository.write(file);
  await project.configure(
    `${LAYERS}release: { github: acme/app, notes: NOTES.md, assets: ["*/app.zip", "dist/*.zip", "x-{{version}}"] }\n`,
  );
  const env = { GITHUB_API_URL: github.apiUrl, GITHUB_TOKEN: github.token };
  const { found } = await project.doctor(["notes", "assets"], [], env);
  assert.deepEqual(levels(found), [
    ["notes", "failed", "NOTES_UNREADABLE"],
    ["assets", "failed", "ASSET_NAME_TWICE"],
    ["assets", "warning", "ASSET_NOT_FOUND"],
  ]);
});

test("doctor: Debian's registry with htpasswd", async (context) => {
  const project = await bench(context);
  await using registry = await startDockerRegistry({ auth: { kind: "basic", users: { ann: "canary" } } });
  const configure = (password: string) =>
    project.configure(
      `registries: { hub: { image: "${registry.host}/acme/app", username: ann, password: ${password} } }\n${LAYERS}`,
    );
  await configure("canary");
  const right = await project.doctor(["push", "version"], ["--for", "1.2.3"]);
  assert.deepEqual(levels(right.found), [
    ["push", "ok", `${registry.host}/acme/app may be pushed to`],
    ["version", "ok", `${registry.host}/acme/app:1.2.3 is free`],
  ]);
  await configure("wrong");
  const wrong = await project.doctor(["destination", "version", "tags"], ["--for", "1.2.3"]);
  assert.equal(wrong.exit, 4);
  assert.deepEqual(levels(wrong.found), [
    ["destination", "failed", "UNAUTHORIZED"],
    ["version", "warning", "UNAUTHORIZED"],
  ]);
});

test("doctor: a rule that gives no tag is told", async (context) => {
  const project = await bench(context);
  await project.configure(`${LAYERS}tags: ["{{version}}", "type=match,pattern=rel-(.*)"]\n`);
  const { exit, found } = await project.doctor(["tags"], ["--for", "1.2.3"]);
  assert.equal(exit, 0);
  assert.deepEqual(
    found.map(({ level }) => level),
    ["warning"],
  );
});
