import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type Folder, temporaryFolder } from "../../testing/index.ts";
import type { ErrorCode } from "../../words/error.ts";
import { workflowFiles } from "./files.ts";
import { openForWorkflows, workflowMaterial } from "./material.ts";
import { tagFilter } from "./release.ts";
import { PROJECTS, type ProjectName, rewritten, workflowsOf } from "./sample-project.ts";

const LAYERS = "build: { with: layers, layers: [{ folder: files, to: /app }], config: { entrypoint: [/app/run] } }\n";
const OIDC = `version: 1
registries:
  azure: { image: acme.azurecr.io/app, login: { with: azure-oidc, client: "\${CLIENT}", tenant: "\${TENANT}" } }
${LAYERS}`;
const TOKEN_LOGIN = `version: 1\nregistries: { ghcr: { image: ghcr.io/acme/app, login: github-token } }\n${LAYERS}`;

let folder: Folder;
before(async () => {
  folder = await temporaryFolder("workflows");
});
after(() => folder.remove());

const written = (project: ProjectName | string, more = "", name?: string) =>
  workflowsOf(folder.path, PROJECTS[project as ProjectName] ?? project, more, name);

/** The lines `NAME: ${{ … }}` of a text, without space. */
function variablesIn(text = ""): readonly string[] {
  return [...text.matchAll(/^ +([A-Z][A-Z_]+: .*)$/gm)].map(([, line = ""]) => line);
}

describe("which files are written", () => {
  const FILES: readonly (readonly [project: ProjectName, files: readonly string[]])[] = [
    ["released", ["release.yml", "ci-pr.yml"]],
    ["packaged", ["release.yml", "sync-docker-acr.yml"]],
    ["ghcr", ["release.yml", "build-push.yml", "ci-pr.yml"]],
    ["branch", ["build-push.yml", "ci-pr.yml"]],
    ["layers", ["release.yml", "build-push.yml", "ci-pr.yml"]],
    ["mirrors", ["sync-docker-acr.yml"]],
  ];
  for (const [project, files] of FILES) {
    test(`${project}: those that there is reason for`, () => {
      assert.deepEqual([...written(project).keys()], files);
    });
  }

  test("or those that are named", () => {
    assert.deepEqual([...written("ghcr", "  write: [pr, release]\n").keys()], ["release.yml", "ci-pr.yml"]);
  });

  const REFUSED: readonly (readonly [project: string, more: string, code: ErrorCode, facts: object])[] = [
    [
      "mirrors",
      "  write: release\n",
      "WORKFLOW_LACKS",
      { workflow: "release.yml", file: "slipway.yaml", lacking: "build, tags or release" },
    ],
    [
      "released",
      "  write: [release, sync]\n",
      "WORKFLOW_LACKS",
      { workflow: "sync-docker-acr.yml", file: "slipway.yaml", lacking: "mirrors" },
    ],
    [
      "released",
      "  write: build-push\n",
      "WORKFLOW_LACKS",
      { workflow: "build-push.yml", file: "slipway.yaml", lacking: "tags of branches" },
    ],
    [
      "branch",
      "  write: release\n",
      "WORKFLOW_LACKS",
      { workflow: "release.yml", file: "slipway.yaml", lacking: "release, or tags of versions" },
    ],
    [
      "packaged",
      "  write: pr\n",
      "WORKFLOW_LACKS",
      { workflow: "ci-pr.yml", file: "slipway.yaml", lacking: "a build without secrets (SAS)" },
    ],
    [
      "version: 1\nbuild: { with: docker }\n",
      "  write: pr\n",
      "WORKFLOW_LACKS",
      { workflow: "ci-pr.yml", file: "slipway.yaml", lacking: "a registry with a repository" },
    ],
    ["version: 1\n", "", "WORKFLOWS_NONE", { file: "slipway.yaml" }],
    [
      "released",
      "  vars: HUB_PASSWORD\n",
      "WORKFLOW_VARIABLE_UNFIT",
      { key: "vars", name: "HUB_PASSWORD", reason: "its value is a secret" },
    ],
    [
      "released",
      "  secrets: HUB_PASWORD\n",
      "WORKFLOW_VARIABLE_UNFIT",
      { key: "secrets", name: "HUB_PASWORD", reason: "no value of the configuration names it" },
    ],
    [
      "released",
      "  secrets: HUB_USER\n  vars: HUB_USER\n",
      "WORKFLOW_VARIABLE_UNFIT",
      { key: "vars", name: "HUB_USER", reason: "it is in `secrets`, too" },
    ],
  ];
  for (const [project, more, code, facts] of REFUSED) {
    test(`${code}: ${Object.values(facts).join(", ")}`, () => {
      assert.throws(() => written(project, more), { code, facts });
    });
  }

  test("without Slipway's own address there is none", () => {
    const file = join(folder.path, "slipway.yaml");
    writeFileSync(file, PROJECTS.mirrors);
    const material = workflowMaterial("slipway.yaml", openForWorkflows(file, {}), []);
    assert.throws(() => workflowFiles(material), {
      code: "WORKFLOWS_SLIPWAY_MISSING",
      facts: { file: "slipway.yaml" },
    });
  });
});

describe("variables", () => {
  const IMPORTS: readonly (readonly [project: ProjectName, more: string, file: string, lines: readonly string[]])[] = [
    [
      "packaged",
      "  release: { on: tag }\n",
      "release.yml",
      [
        "HUB_USER: ${{ secrets.HUB_USER }}",
        "HUB_PASSWORD: ${{ secrets.HUB_PASSWORD }}",
        "ALIYUN: ${{ vars.ALIYUN }}",
        "ALIYUN_USER: ${{ secrets.ALIYUN_USER }}",
        "ALIYUN_PASSWORD: ${{ secrets.ALIYUN_PASSWORD }}",
        "SAS: ${{ secrets.SAS }}",
        "GITHUB_TOKEN: ${{ github.token }}",
      ],
    ],
    [
      "packaged",
      "  vars: [ALIYUN_USER]\n  secrets: ALIYUN\n",
      "sync-docker-acr.yml",
      [
        "HUB_USER: ${{ secrets.HUB_USER }}",
        "HUB_PASSWORD: ${{ secrets.HUB_PASSWORD }}",
        "ALIYUN: ${{ secrets.ALIYUN }}",
        "ALIYUN_USER: ${{ vars.ALIYUN_USER }}",
        "ALIYUN_PASSWORD: ${{ secrets.ALIYUN_PASSWORD }}",
        "SAS: ${{ secrets.SAS }}",
      ],
    ],
    ["ghcr", "", "build-push.yml", ["OWNER: ${{ vars.OWNER }}", "GITHUB_TOKEN: ${{ github.token }}"]],
    ["ghcr", "", "ci-pr.yml", ["OWNER: ${{ vars.OWNER || 'unset.invalid' }} # a fork has no variables"]],
    ["released", "", "ci-pr.yml", ["ALIYUN: ${{ vars.ALIYUN }}"]],
    ["layers", "", "ci-pr.yml", []],
    [
      "released",
      "  release: { on: dispatch, token: RELEASES }\n",
      "release.yml",
      [
        "SLIPWAY_VERSION: ${{ github.event.inputs.version }}",
        "HUB_USER: ${{ secrets.HUB_USER }}",
        "HUB_PASSWORD: ${{ secrets.HUB_PASSWORD }}",
        "ALIYUN: ${{ vars.ALIYUN }}",
        "ALIYUN_USER: ${{ secrets.ALIYUN_USER }}",
        "ALIYUN_PASSWORD: ${{ secrets.ALIYUN_PASSWORD }}",
        "GITHUB_TOKEN: ${{ secrets.RELEASES }}",
      ],
    ],
  ];
  for (const [project, more, file, lines] of IMPORTS) {
    test(`${project}, ${file}${more === "" ? "" : `, ${more.trim()}`}: exactly those that the configuration names`, () => {
      assert.deepEqual(variablesIn(written(project, more).get(file)), lines);
    });
  }

  test("a secret that only other work needs is set to nothing in a pull request", () => {
    const hosts = 'hosts: { h.example: { proxy: "${PROXY}" } }\n';
    const lines = variablesIn(written(PROJECTS.layers + hosts, "  secrets: PROXY\n").get("ci-pr.yml"));
    assert.deepEqual(lines, ["PROXY: https://unset.invalid # a secret, which is not for pull requests"]);
  });

  test("channels are told by what publishes, and need nothing in a pull request", () => {
    const channels =
      'notify: [{ feishu: "${BOT}", secret: "${SIGNED}" }, { email: { smtp: "${SMTP}", from: a@b.example, to: c@d.example } }]\n';
    const files = written(PROJECTS.layers + channels);
    const secrets = ["QUAY", "BOT", "SIGNED", "SMTP"].map((name) => `${name}: \${{ secrets.${name} }}`);
    assert.deepEqual(variablesIn(files.get("build-push.yml")), secrets);
    assert.deepEqual(variablesIn(files.get("ci-pr.yml")), []);
  });

  test("what the machine has set is not seen", () => {
    const project = PROJECTS.released.replace("${ALIYUN:-registry.cn-hangzhou.aliyuncs.com}", "${ALIYUN:-ghcr.io}");
    const file = join(folder.path, "slipway.yaml");
    writeFileSync(file, `${project}workflows: { slipway: acme/slipway@${"5".repeat(40)} }\n`);
    const texts = [{}, { ALIYUN: "elsewhere.example", HUB_USER: "canary", HUB_PASSWORD: "canary" }].map((environment) =>
      workflowFiles(workflowMaterial("slipway.yaml", openForWorkflows(file, environment), [])),
    );
    assert.deepEqual(texts[1], texts[0]);
  });

  test("a number that a variable stands for is asked for", () => {
    const file = join(folder.path, "slipway.yaml");
    writeFileSync(file, `${PROJECTS.mirrors}hosts: { h.example: { concurrency: "\${N}" } }\n`);
    assert.equal(openForWorkflows(file, { N: "3" }).config.hosts.size, 1);
    assert.throws(() => openForWorkflows(file, {}), { code: "CONFIG_VARIABLE_MISSING" });
  });
});

describe("rights, and what is set up", () => {
  const HOLDS: readonly (readonly [
    project: ProjectName | string,
    more: string,
    file: string,
    has: RegExp | string,
    not?: RegExp,
  ])[] = [
    ["released", "", "release.yml", "contents: write", /packages:|id-token/],
    ["released", "  release: { on: tag, token: T }\n", "release.yml", "contents: read", /contents: write/],
    ["ghcr", "", "release.yml", "packages: write"],
    ["ghcr", "", "build-push.yml", "packages: write", /contents: write/],
    ["mirrors", "", "sync-docker-acr.yml", "packages: write"],
    [
      PROJECTS.mirrors.replace("docker.io/acme/app, to: [azure, ghcr.io/acme/app]", "ghcr.io/acme/app, to: azure"),
      "",
      "sync-docker-acr.yml",
      "packages: read",
    ],
    [PROJECTS.ghcr.replace("GITHUB_TOKEN", "GHCR_PAT"), "", "build-push.yml", "contents: read", /packages:/],
    ["ghcr", "  idToken: true\n", "build-push.yml", "id-token: write"],
    [OIDC, "", "build-push.yml", "id-token: write", /secrets\.|github\.token/],
    [OIDC, "", "ci-pr.yml", "CLIENT: ${{ vars.CLIENT || 'unset.invalid' }}", /id-token/],
    [TOKEN_LOGIN, "", "build-push.yml", /packages: write[\s\S]*GITHUB_TOKEN: \$\{\{ github\.token \}\}/, /id-token/],
    [TOKEN_LOGIN, "", "ci-pr.yml", "contents: read", /packages|GITHUB_TOKEN/],
    ["ghcr", "  idToken: true\n", "ci-pr.yml", "contents: read", /id-token/],
    ["released", "", "release.yml", /login-action[\s\S]*setup-qemu[\s\S]*setup-buildx/],
    [PROJECTS.released.replace("${HUB_USER}", "robot-${HUB_USER}"), "", "release.yml", "setup-buildx", /login-action/],
    ["released", "", "ci-pr.yml", /setup-qemu[\s\S]*setup-buildx/, /login-action/],
    ["branch", "", "build-push.yml", "setup-qemu", /setup-buildx/],
    ["layers", "", "release.yml", "run: slipway release", /docker\//],
    ["layers", "", "ci-pr.yml", "run: slipway contract --check"],
    ["branch", "", "build-push.yml", "fetch-depth: 0"],
    ["released", "", "release.yml", "persist-credentials: false", /fetch-depth/],
    ["released", "  release: { on: main, version: cat VERSION }\n", "release.yml", "fetch-depth: 0"],
    ["ghcr", "", "release.yml", 'tags: ["app/v[0-9]*"]'],
    ["released", "  environment: production\n", "release.yml", "environment: production"],
    ["released", "  release: { on: tag, minutes: 7 }\n", "release.yml", "timeout-minutes: 7"],
    ["mirrors", "  sync: { branches: [] }\n", "sync-docker-acr.yml", 'cron: "17 0 * * *"', /push:/],
    ["mirrors", "", "sync-docker-acr.yml", "retention-days: 7"],
  ];
  for (const [at, [project, more, file, has, not]] of HOLDS.entries()) {
    test(`${at + 1}: ${file} has ${String(has)}${not === undefined ? "" : `, not ${String(not)}`}`, () => {
      const text = written(project, more).get(file) ?? "";
      assert.ok(typeof has === "string" ? text.includes(has) : has.test(text), text);
      if (not !== undefined) assert.doesNotMatch(text, not);
    });
  }

  test("a configuration that is elsewhere is named in every step, also one with an odd name", () => {
    const text = written("ghcr", "", "images/it's app/slipway.yaml").get("ci-pr.yml") ?? "";
    assert.ok(text.includes(`run: "slipway build --config 'images/it'\\\\''s app/slipway.yaml'"`), text);
    assert.ok(
      written("ghcr", "", "app/slipway.yaml")
        .get("ci-pr.yml")
        ?.includes("run: slipway build --config app/slipway.yaml"),
    );
  });

  test("git tags of versions, by GitHub's patterns", () => {
    assert.equal(tagFilter("v{{version}}"), "v[0-9]*");
    assert.equal(tagFilter("{{major}}.{{minor}}.{{patch}}"), "[0-9]*.[0-9]*.[0-9]*");
    assert.equal(tagFilter("a+b*[c]!/{{ version }}-x"), "a\\+b\\*\\[c\\]\\!/[0-9]*-x");
  });
});

describe("drift", () => {
  test("what was written is unchanged, however its lines end", () => {
    const there = written("ghcr");
    assert.deepEqual(
      new Set(rewritten(folder.path, PROJECTS.ghcr, there).map(({ state }) => state)),
      new Set(["unchanged"]),
    );
    const windows = new Map([...there].map(([name, text]) => [name, text.replaceAll("\n", "\r\n")]));
    assert.ok(rewritten(folder.path, PROJECTS.ghcr, windows).every(({ state }) => state === "unchanged"));
  });

  test("an edit outside of blocks is told by its first line, and undone", () => {
    const there = new Map([
      [
        "sync-docker-acr.yml",
        written("mirrors").get("sync-docker-acr.yml")?.replace("timeout-minutes: 120", "timeout-minutes: 9") ?? "",
      ],
    ]);
    const [change] = rewritten(folder.path, PROJECTS.mirrors, there);
    assert.ok(change?.state === "changed");
    assert.deepEqual(change.difference, {
      line: 15,
      found: "    timeout-minutes: 9",
      expected: "    timeout-minutes: 120",
    });
    assert.equal(change.text, written("mirrors").get("sync-docker-acr.yml"));
  });

  test("a file of Slipway's that nothing gives a reason for goes, unless somebody's block is in it", () => {
    const there = new Map([["ci-pr.yml", written("ghcr").get("ci-pr.yml") ?? ""]]);
    const gone = rewritten(folder.path, PROJECTS.mirrors, there).find(({ name }) => name === "ci-pr.yml");
    assert.deepEqual(gone, { name: "ci-pr.yml", state: "removed" });
    const kept = new Map([["ci-pr.yml", `${there.get("ci-pr.yml")}# slipway:keep mine\n# /slipway:keep\n`]]);
    assert.throws(() => rewritten(folder.path, PROJECTS.mirrors, kept), { code: "WORKFLOW_KEEP_HOMELESS" });
  });

  test("a file of somebody else is neither replaced nor removed", () => {
    const foreign = "name: Sync\non: push\n";
    const there = new Map([
      ["sync-docker-acr.yml", foreign],
      ["release.yml", foreign],
    ]);
    assert.throws(() => rewritten(folder.path, PROJECTS.mirrors, there), {
      code: "WORKFLOW_FOREIGN",
      facts: { file: "sync-docker-acr.yml" },
    });
    there.delete("sync-docker-acr.yml");
    assert.deepEqual(
      rewritten(folder.path, PROJECTS.mirrors, there).map(({ name, state }) => [name, state]),
      [["sync-docker-acr.yml", "new"]],
    );
  });
});
