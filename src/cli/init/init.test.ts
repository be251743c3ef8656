import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { wordsOf } from "../../words/words.ts";
import { envExample } from "./env-example.ts";
import { nothingFound } from "./found.ts";
import { missingLines, withLines } from "./ignore-lines.ts";
import { openPrompt } from "./prompt.ts";
import type { Answers } from "./propose.ts";
import { askAll } from "./questions.ts";
import { registryName, variableOf } from "./registry-name.ts";

const IGNORED: readonly (readonly [text: string, missing: readonly string[]])[] = [
  ["", [".slipway/", ".env"]],
  ["node_modules\n", [".slipway/", ".env"]],
  [".slipway\n.env", []],
  ["/.slipway/\r\n**/.env\r\n", []],
  [".slipway/**\n.env.local\n", [".env"]],
  ["# .slipway\n!.env\n", [".slipway/", ".env"]],
];

for (const [there, missing] of IGNORED) {
  test(`${JSON.stringify(there)} lacks ${missing.join(" ") || "nothing"}`, () => {
    assert.deepEqual(missingLines(there, [".slipway/", ".env"]), missing);
  });
}

test("lines are added behind what is there", () => {
  assert.equal(withLines("", ["a", "b"]), "a\nb\n");
  assert.equal(withLines("x", ["a"]), "x\na\n");
  assert.equal(withLines("x\n", ["a"]), "x\na\n");
});

test("registries have short names, each its own", () => {
  const hosts = [
    "docker.io",
    "ghcr.io",
    "hagicode.azurecr.io",
    "registry.cn-hangzhou.aliyuncs.com",
    "cr.aliyuncs.com",
    "registry.example.com:5000",
    "${ALIYUN_REGISTRY}",
  ];
  const names: string[] = [];
  for (const host of hosts) names.push(registryName(host, names));
  assert.deepEqual(names, [
    "docker-hub",
    "ghcr",
    "azure",
    "aliyun",
    "aliyun-2",
    "registry-example-com",
    "aliyun-registry",
  ]);
  assert.deepEqual(
    [variableOf("docker-hub", "USERNAME"), variableOf("1st", "PASSWORD")],
    ["DOCKER_HUB_USERNAME", "REGISTRY_1ST_PASSWORD"],
  );
});

test(".env.example: each variable once, after what it is for, with its default and no secret", () => {
  const config = `version: 1
registries:
  azure: { image: "\${HOST:-a.azurecr.io}/app", username: "\${AZURE_USER}", password: "\${AZURE_PASSWORD:-}" }
  ghcr: { image: ghcr.io/a/b, username: "\${GITHUB_ACTOR:-}", password: "\${GITHUB_TOKEN:-}" }
source: { azureBlob: "\${SAS}" }
build: { args: { MODE: "\${MODE:-release}", AGAIN: "\${HOST:-a.azurecr.io}" } }
`;
  assert.equal(
    envExample({ file: "slipway.yaml", text: config }, wordsOf("en")),
    `# For runs on your own machine: copy this to .env and fill it in. What is set outside of it wins.

# For registries.azure.image.
HOST=a.azurecr.io

# The account that pushes to \${HOST:-a.azurecr.io}/app.
AZURE_USER=

# Its password or token. Secret.
AZURE_PASSWORD=

# The account that pushes to ghcr.io/a/b.
GITHUB_ACTOR=

# A token of GitHub's, for registries.ghcr.password; in Actions the job has one. Secret.
GITHUB_TOKEN=

# For source.azureBlob. Secret.
SAS=

# For build.args.MODE.
MODE=release
`,
  );
  assert.match(
    envExample({ file: "slipway.yaml", text: "version: 1\nrelease: {}\n" }, wordsOf("zh-CN")),
    /\n# 可创建发布的 GitHub 令牌.*\nGITHUB_TOKEN=\n$/,
  );
});

const PROJECT = {
  folder: "/nowhere",
  name: "app",
  repository: { owner: "Acme", name: "App" },
  dockerfile: "Dockerfile",
  found: nothingFound(),
};
const NEVER = new AbortController().signal;

/** Types lines, and reads what was asked. */
async function answered(lines: readonly string[], given: Answers = {}) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  input.end(lines.map((line) => `${line}\n`).join(""));
  using prompt = openPrompt({ input, output }, NEVER);
  const answers = await askAll(PROJECT, given, prompt, wordsOf("en"));
  output.end();
  return { answers, said: await text(output) };
}

test("empty answers are what is proposed", async () => {
  const { answers, said } = await answered(["", "", ""]);
  assert.deepEqual(answers, {
    images: ["ghcr.io/acme/app"],
    tags: ["{{version}}", "{{major}}.{{minor}}", "latest"],
    release: true,
  });
  assert.equal(
    said,
    "Where is the image to live? Repositories, the primary first [ghcr.io/acme/app] " +
      "What is it called? [{{version}} {{major}}.{{minor}} latest] " +
      "Is there a GitHub Release for each version? [Y/n] ",
  );
});

test("answers are typed, and asked for again where they cannot be used", async () => {
  const { answers, said } = await answered([
    "acme/app",
    "docker.io/acme/app  ${HOST}/app",
    "{{nothing}}",
    "{{version}} latest",
    "n",
  ]);
  assert.deepEqual(answers, {
    images: ["docker.io/acme/app", "${HOST}/app"],
    tags: ["{{version}}", "latest"],
    release: false,
  });
  assert.equal(said.match(/this cannot be used/g)?.length, 2);
});

test("what options have said is proposed; where the answers end, so does the command", async () => {
  const { answers } = await answered(["", "", "y"], { images: ["quay.io/a/b"], action: "a/b@c" });
  assert.deepEqual([answers.images, answers.action], [["quay.io/a/b"], "a/b@c"]);
  await assert.rejects(answered([""]), { code: "INTERRUPTED" });
});
