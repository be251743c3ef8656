import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { runInTest } from "../src/cli/run-in-test.ts";
import { loadOpenConfig, secretsLeftOut } from "../src/config/slipway/load-open.ts";
import type { ComposeForm, Field, FieldValue, FieldValues } from "../src/site/compose/form.ts";
import { answersOf, FORM, SOURCES } from "../src/site/compose/in-test.ts";
import { type Answers, composeFile, type ImageSource, importFile, problemsOf } from "../src/site/compose/index.ts";
import { siteDataOf } from "../src/site/data/site-data.ts";
import { ROOT } from "./house/sources.ts";
import { type ComposeConfig, composeConfigs, dockerCompose } from "./support/docker-compose.ts";
import { Workplace } from "./support/workplace.ts";

const EXAMPLE = join(ROOT, "examples/hagicode/slipway.yaml");
const { compose: HAGICODE, sources: PLACES } = siteDataOf(loadOpenConfig(EXAMPLE, {}, secretsLeftOut).config);
assert.ok(HAGICODE !== undefined);

let workplace: Workplace;
before(async () => {
  workplace = await Workplace.with();
});
after(() => workplace[Symbol.asyncDispose]());

interface Made {
  readonly text: string;
  readonly env?: string;
}

function made(form: ComposeForm, answers: Answers, sources: readonly ImageSource[]): Made {
  const result = composeFile(form, answers, sources);
  if (result.kind === "problems") assert.fail(`${JSON.stringify(answers)}: ${JSON.stringify(result.problems)}`);
  return result;
}

/** What Compose makes of files, each in a folder of its own. */
async function understood(name: string, files: readonly Made[]): Promise<readonly ComposeConfig[]> {
  for (const [at, { text, env }] of files.entries()) {
    await workplace.write(`${name}/${at}/docker-compose.yml`, text);
    if (env !== undefined) await workplace.write(`${name}/${at}/.env`, env);
  }
  return await composeConfigs(files.map((_, at) => workplace.path(`${name}/${at}`)));
}

/** As a container gets it: Compose writes each dollar sign twice. */
function received(text: string | undefined): string | undefined {
  return text?.replaceAll("$$", "$");
}

const HOSTILE = [
  "plain",
  "pa$$word",
  "${HOME} $PATH $1",
  "it's",
  'say "hi"',
  "a: b # c",
  "#",
  "back\\slash\\n",
  "two\nlines",
  " padded ",
  "- item",
  "{x}",
  "[y]",
  "*a &b !c %d @e `f`",
  "yes",
  "no",
  "on",
  "null",
  "~",
  "22:22",
  "1e3",
  "0x1F",
  "0644",
  "1_000",
  "2026-01-31",
  "=",
  "<<",
  "---",
  "中文 é 😀",
  "\ttab",
  "true",
  "",
];

test("values with signs of YAML, Compose and shells arrive in Compose as they were typed", async () => {
  const files = HOSTILE.map((note, at) => made(FORM, answersOf({ note, key: HOSTILE.at(-at - 2) ?? "" }), SOURCES));
  const configs = await understood("hostile", files);
  for (const [at, { services }] of configs.entries()) {
    const { NOTE, API_KEY, PUID, TZ } = services.app?.environment ?? {};
    assert.deepEqual([received(NOTE), received(API_KEY)], [HOSTILE[at] || undefined, HOSTILE.at(-at - 2) || undefined]);
    assert.deepEqual([PUID, TZ], ["1000", "UTC"]);
  }
});

/** Compose 1 puts variables into `.env` whatever the quotes, and leaves a backslash before a dollar sign. */
const NOT_FOR_COMPOSE_1 = /\$\{|['\\].*\$|\$.*['\\]/s;

test("secrets in .env arrive, too", async () => {
  const values = HOSTILE.filter((value) => value !== "" && !NOT_FOR_COMPOSE_1.test(value));
  const files = values.map((key) => made(FORM, answersOf({ key }, { secrets: "env" }), SOURCES));
  assert.ok(files.every(({ text, env }) => env !== undefined && text.includes("${SECRET_KEY:?}")));
  const configs = await understood("secrets", files);
  assert.deepEqual(
    configs.map(({ services }) => received(services.app?.environment.API_KEY)),
    values,
  );
});

/** All values of a field that decide what else is there; others have one. */
function choicesOf(field: Field): readonly FieldValue[] {
  if (field.type === "choice") return field.options.map(({ value }) => value);
  return field.type === "toggle" ? [false, true] : [];
}

/** Every combination of these fields' values. */
function combinations(
  fields: readonly (readonly [id: string, values: readonly FieldValue[]])[],
): readonly FieldValues[] {
  return fields.reduce<readonly FieldValues[]>(
    (all, [id, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [id]: value }))),
    [{}],
  );
}

/** Of a list, the one whose turn it is. */
function turn<T>(list: readonly T[], at: number): T {
  const one = list[at % list.length];
  assert.ok(one !== undefined);
  return one;
}

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;
const EDITIONS = [
  { kind: "tag", tag: "1.2.3" },
  { kind: "digest", digest: DIGEST },
] as const;
const RESTARTS = ["unless-stopped", "always", "on-failure", "no"];

/** Every combination of the example's choices; what hangs on nothing else (restart, source, edition) takes turns. */
const ANSWERS: readonly Answers[] = combinations([
  ...HAGICODE.fields
    .filter(({ id }) => id !== "restart")
    .map((field) => [field.id, choicesOf(field)] as const)
    .filter(([, values]) => values.length > 0),
  ["codexKey", ["", "sk-codex"]],
]).map((choices, at): Answers => {
  const free = {
    restart: turn(RESTARTS, at),
    httpPort: 1024 + at,
    containerName: `hagicode-${at}`,
    workFolder: turn(["/srv/work", "/data/中 文", "/a:b", '/it\'s "x" $HOME #1'], at),
    workFolderWindows: turn(["C:\\work", "D:/a b/#c$d"], at),
    apiToken: turn(
      HOSTILE.filter((value) => value !== "" && !NOT_FOR_COMPOSE_1.test(value)),
      at,
    ),
    apiUrl: "https://api.example.com/v1?x=$y#z",
    codexUrl: "https://codex.example.com/v1",
    databasePassword: "Pass~word_1.2-3",
    address: turn(["192.168.1.100", "nas.local"], at),
  };
  const source = turn(PLACES, Math.floor(at / RESTARTS.length)).id;
  return {
    source,
    edition: turn(EDITIONS, at),
    secrets: at % 3 === 0 ? "env" : "file",
    values: { ...free, ...choices },
  };
});

test(`each of ${ANSWERS.length} combinations of the example's choices is a file that Compose takes, and says what was answered`, async () => {
  const files = ANSWERS.map((answers) => made(HAGICODE, answers, PLACES));
  const configs = await understood("hagicode", files);
  for (const [at, { services }] of configs.entries()) {
    const { source, edition, values } = turn(ANSWERS, at);
    const { hagicode, postgres, caddy } = services;
    const { image } = PLACES.find(({ id }) => id === source) ?? {};
    assert.equal(hagicode?.image, edition.kind === "tag" ? `${image}:${edition.tag}` : `${image}@${edition.digest}`);
    assert.equal(hagicode.container_name, values.containerName);
    assert.equal(hagicode.restart, values.restart);

    const inside = hagicode.ports?.[0]?.target;
    assert.deepEqual(hagicode.ports, [{ published: values.httpPort, target: inside }]);
    assert.ok(hagicode.healthcheck?.test.at(-1)?.endsWith(`/${inside}`), "the check asks the port that is published");
    assert.ok(hagicode.environment.ASPNETCORE_URLS?.endsWith(`:${inside}`), "and that the program listens on");

    const isLinux = values.hostOS === "linux";
    const folder = values.hostOS === "windows" ? values.workFolderWindows : values.workFolder;
    const [work] = (hagicode.volumes ?? []).filter((volume) => typeof volume === "object");
    assert.equal(received(work?.source), folder);
    const environment = hagicode.environment;
    assert.deepEqual([environment.PUID, environment.PGID], isLinux ? ["1000", "1000"] : [undefined, undefined]);
    const hasToken = values.provider !== "none";
    assert.equal(received(environment.ANTHROPIC_AUTH_TOKEN), hasToken ? values.apiToken : undefined);
    assert.equal(environment.ANTHROPIC_URL !== undefined, hasToken && values.provider !== "anthropic");
    if (values.provider === "custom") assert.equal(received(environment.ANTHROPIC_URL), values.apiUrl);
    assert.equal(environment.CODEX_API_KEY ?? "", values.codexKey);

    assert.equal(environment.Database__Provider, values.database);
    const hasDatabase = values.database === "postgresql";
    assert.equal(postgres !== undefined, hasDatabase);
    const password = /Password=([^;]*)$/.exec(environment.ConnectionStrings__Default ?? "")?.[1];
    assert.deepEqual(
      [password, postgres?.environment.POSTGRES_PASSWORD],
      hasDatabase ? [values.databasePassword, values.databasePassword] : [undefined, undefined],
    );
    assert.equal(caddy !== undefined, values.https === true);
    for (const [name, service] of Object.entries({ postgres, caddy })) {
      if (service === undefined) continue;
      const host = source === "aliyun" ? "registry.cn-hangzhou.aliyuncs.com/hagicode/" : "docker.io/library/";
      assert.ok(service.image.startsWith(`${host}${name}:`), `${service.image} from ${source}`);
    }
  }
});

test("each of them, read back, gives the same file again", () => {
  for (const answers of ANSWERS) {
    const { text, env } = made(HAGICODE, answers, PLACES);
    const read = importFile(HAGICODE, text, { sources: PLACES, ...(env !== undefined && { env }) });
    assert.ok(read.kind === "answers");
    assert.deepEqual(read.unread, []);
    assert.deepEqual(problemsOf(HAGICODE, read.answers.values), []);
    assert.deepEqual(made(HAGICODE, { ...answers, ...read.answers }, PLACES), {
      kind: "file",
      text,
      ...(env && { env }),
    });
  }
});

test("docker-compose itself takes a file with its .env, and misses the .env by name", async () => {
  const answers = ANSWERS.find(({ secrets, values }) => secrets === "env" && values.provider === "zai");
  assert.ok(answers !== undefined);
  const { text, env = "" } = made(HAGICODE, answers, PLACES);
  await workplace.write("whole/docker-compose.yml", text);
  await workplace.write("whole/.env", env);
  assert.match(await dockerCompose(workplace.path("whole"), ["config"]), /ANTHROPIC_AUTH_TOKEN: /);
  await workplace.write("lone/docker-compose.yml", text);
  await assert.rejects(dockerCompose(workplace.path("lone"), ["config"]), /SECRET_API_TOKEN/);
});

const COMMANDS: readonly (readonly [args: readonly string[], answers: Partial<Answers>])[] = [
  [["--source", "aliyun", "--set", "httpPort=45001"], { source: "aliyun", values: { httpPort: 45_001 } }],
  [
    [
      "--source",
      "azure",
      "--tag",
      "1.2.3",
      "--set",
      "provider=custom",
      "--set",
      "apiToken=a=b,c $d\n#",
      "--set",
      "apiUrl=https://x/y",
    ],
    {
      source: "azure",
      edition: { kind: "tag", tag: "1.2.3" },
      values: { provider: "custom", apiToken: "a=b,c $d\n#", apiUrl: "https://x/y" },
    },
  ],
  [
    [
      "--digest",
      DIGEST,
      "--set",
      "https=true",
      "--set",
      "address=nas.local",
      "--set",
      "database=postgresql",
      "--set",
      "databasePassword=p",
    ],
    {
      edition: { kind: "digest", digest: DIGEST },
      values: { https: true, address: "nas.local", database: "postgresql", databasePassword: "p" },
    },
  ],
];
for (const [args, answers] of COMMANDS) {
  test(`slipway compose ${args.join(" ")} prints the bytes that a page makes`, async () => {
    const page: Answers = {
      source: "docker-hub",
      edition: { kind: "tag", tag: "latest" },
      secrets: "file",
      values: {},
      ...answers,
    };
    const ran = await runInTest(workplace.path("home"), {}, ["compose", "--config", EXAMPLE, ...args]);
    assert.deepEqual([ran.exit, ran.err], [0, ""]);
    assert.equal(ran.out, made(HAGICODE, page, PLACES).text);
  });
}

test("the example's form is whole in both languages", () => {
  const labels = HAGICODE.fields.flatMap(({ label, help }) => [label, ...(help === undefined ? [] : [help])]);
  const chinese = labels.filter((label) => /\p{Script=Han}/u.test(label["zh-CN"]));
  assert.deepEqual(
    labels.filter((label) => /\p{Script=Han}/u.test(label.en)),
    [],
  );
  assert.deepEqual(
    labels.filter((label) => !chinese.includes(label)).map(({ en }) => en),
    [],
  );
});
