import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { installStandIn } from "../build/dockerfile/buildx-stand-in.ts";
import { readConfig } from "../config/slipway/load-config.ts";
import { openGitHub } from "../github/index.ts";
import { LayoutTarget } from "../target/layout.ts";
import { startGitHub, type TestGitHub } from "../testing/index.ts";
import { failure } from "../words/error.ts";
import type { Edition } from "./edition.ts";
import { preflight } from "./preflight.ts";
import type { Run } from "./run.ts";
import { stateFolder } from "./state-folder.ts";
import { Steps } from "./step.ts";

let root = "";
before(async () => {
  root = await mkdtemp(join(tmpdir(), "slipway-preflight-"));
  await mkdir(join(root, "bin"));
});
after(() => rm(root, { recursive: true }));

const EDITION: Edition = {
  version: "1.2.3",
  created: new Date(0),
  labels: {},
  fixed: ["1.2.3"],
  floating: [],
  moving: [],
  warnings: [],
};

/** A run that asks no registry. */
function runOf(config: string, others: Partial<Run> = {}): Run {
  const { publishing } = readConfig(
    { file: "slipway.yaml", text: `version: 1\n${config}` },
    { variable: () => undefined, file: () => "" },
  );
  const state = stateFolder(root);
  return {
    project: { folder: root, name: "app", publishing },
    edition: EDITION,
    outlets: [],
    state,
    layout: new LayoutTarget("oci:layout", state.layout),
    effects: { perform: (_, work) => work() },
    steps: new Steps({ write: async () => undefined }, () => undefined),
    tell: () => undefined,
    tellCopy: () => undefined,
    signal: new AbortController().signal,
    environment: { PATH: "/nonexistent" },
    openImage: () => Promise.reject(failure("UNEXPECTED", { reason: "nothing is opened" })),
    spool: () => Promise.reject(failure("UNEXPECTED", { reason: "nothing is spooled" })),
    ...others,
  };
}

const LAYERS = "build: { layers: [{ folder: files, to: /app }] }\n";
const sas = (query: string) =>
  `source: { azureBlob: "https://acct.blob.core.windows.net/c/a.zip?${query}&sig=canary", unpack: app }\n`;

const FAR = "sp=r&se=2999-01-01";
const CHECKSUM = `checksum: "sha256:${"0".repeat(64)}", `;

/** A configuration and what preflight says of it. */
const BUILDS: readonly (readonly [what: string, config: string, code: string | undefined])[] = [
  ["layers need nothing", LAYERS, undefined],
  ["a SAS URL that is good", sas(FAR) + LAYERS, undefined],
  ["a SAS URL that has ended", sas("sp=r&se=2020-01-01") + LAYERS, "AZURE_SAS_EXPIRED"],
  ["a SAS URL without reading", sas("sp=w&se=2999-01-01") + LAYERS, "AZURE_SAS_LACKS_READ"],
  [
    "one that has ended, of a package that may be here",
    sas("sp=r&se=2020-01-01").replace("unpack:", `${CHECKSUM}unpack:`) + LAYERS,
    undefined,
  ],
  ["no Dockerfile", "build: { with: docker }\n", "DOCKERFILE_MISSING"],
  [
    "a Dockerfile that the package brings, and no docker",
    `${sas(FAR)}build: { with: docker }\n`,
    "BUILD_PROGRAM_MISSING",
  ],
  ["nothing that builds", `${sas(FAR)}build: { context: app }\n`, "BUILDER_NONE"],
];

for (const [what, config, code] of BUILDS) {
  test(`preflight of a build: ${what}`, async () => {
    const run = runOf(config);
    if (code === undefined) assert.deepEqual(await preflight(run, []), { kind: "build" });
    else await assert.rejects(preflight(run, []), { code });
    assert.deepEqual(
      run.steps.outcomes.map(({ step, status }) => [step, status]),
      [["preflight", code === undefined ? "done" : "failed"]],
    );
  });
}

test("preflight of a build: a Dockerfile that the package will bring is no reason to stop", async () => {
  const environment = await installStandIn(join(root, "bin"), { instances: [{ name: "ci", driver: "remote" }] });
  for (const build of ["{ with: docker }", "{}", "{ context: app }"]) {
    const run = runOf(`${sas(FAR)}build: ${build}\n`, { environment });
    assert.deepEqual(await preflight(run, []), { kind: "build" }, build);
  }
});

const NOTHING = () => undefined;
const SHA = "1".repeat(40);

async function burn(github: TestGitHub): Promise<void> {
  const id = github.putRelease({ tag_name: "v1.2.3" });
  const answer = await fetch(`${github.apiUrl}/repos/acme/app/releases/${id}`, {
    method: "DELETE",
    headers: { authorization: `token ${github.token}`, "user-agent": "test" },
  });
  assert.equal(answer.status, 204);
}

const RELEASES: readonly (readonly [
  what: string,
  prepare: (github: TestGitHub) => unknown,
  revision: (github: TestGitHub) => string | undefined,
  code: string | undefined,
])[] = [
  ["nothing is there", NOTHING, ({ head }) => head, undefined],
  ["its git tag is there", (github) => github.putTag("v1.2.3"), ({ head }) => head, undefined],
  ["its git tag is elsewhere", (github) => github.putTag("v1.2.3"), () => SHA, "GIT_TAG_ELSEWHERE"],
  ["its git tag is there, of an unknown commit", (github) => github.putTag("v1.2.3"), () => undefined, undefined],
  ["it is out", (github) => github.putRelease({ tag_name: "v1.2.3" }), ({ head }) => head, undefined],
  ["its tag is burned, and still there", burn, ({ head }) => head, "TAG_BURNED"],
  [
    "its tag is burned, and gone",
    async (github) => {
      await burn(github);
      github.deleteTag("v1.2.3");
    },
    ({ head }) => head,
    "TAG_BURNED",
  ],
  ["the account may only read", (github) => github.set({ rights: "read" }), ({ head }) => head, "RELEASE_NOT_ALLOWED"],
  ["the repository is archived", (github) => github.set({ archived: true }), ({ head }) => head, "RELEASE_NOT_ALLOWED"],
];

for (const [what, prepare, revision, code] of RELEASES) {
  test(`preflight of a release: ${what}`, async () => {
    await using server = await startGitHub({ immutableReleases: true });
    await prepare(server);
    const { token, apiUrl, repository } = server;
    await using github = openGitHub({ token, apiUrl, repository, userAgent: "test", environment: {} });
    const ours = revision(server);
    const run = runOf(`${LAYERS}release: {}\n`, {
      edition: { ...EDITION, ...(ours !== undefined && { revision: ours }) },
      release: { repository: "acme/app", github, isSameRepository: true },
    });
    const looked = preflight(run, []);
    if (code === undefined) assert.deepEqual(await looked, { kind: "build" });
    else await assert.rejects(looked, { code });
    assert.deepEqual(server.violations, []);
    const changes = [...server.requests].filter(({ method }) => method !== "GET" && method !== "DELETE");
    assert.deepEqual(changes, []);
  });
}

test("preflight of a release: notes that cannot be read stop it", async () => {
  await using server = await startGitHub();
  const { token, apiUrl, repository } = server;
  await using github = openGitHub({ token, apiUrl, repository, userAgent: "test", environment: {} });
  const release = { repository: "acme/app", github, isSameRepository: true };
  const run = runOf(`${LAYERS}release: { notes: "{{version}}.md" }\n`, { release });
  await assert.rejects(preflight(run, []), { code: "NOTES_UNREADABLE" });
  assert.equal([...server.requests].length, 0);
  await writeFile(join(root, "1.2.3.md"), "notes");
  assert.deepEqual(await preflight(run, []), { kind: "build" });
});
