import assert from "node:assert/strict";
import { mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { ManualClock } from "../schedule/manual-clock.ts";
import { Configuration } from "./configuration.ts";

const ONE = "version: 1\nmirrors:\n  - { name: one, from: s.io/app, to: d.io/app, every: 5m }\n";
const TWO = `${ONE}  - { from: s.io/team/other, to: [d.io/other, e.io/other] }\n`;
const WITH_SECRETS = `${ONE}registries:
  d: { image: d.io/app, username: me, password: "\${file:secrets/password}" }
  e: { image: e.io/app, username: me, password: "\${PASSWORD}" }
`;

async function setting(context: TestContext, config: string, files: Readonly<Record<string, string>> = {}) {
  const folder = await mkdtemp(join(tmpdir(), "slipway-configuration-"));
  context.after(() => rm(folder, { recursive: true }));
  const write = (name: string, text: string) => writeFile(join(folder, name), text);
  for (const [name, text] of Object.entries({ "slipway.yaml": config, ...files })) await write(name, text);
  const clock = new ManualClock(1_000_000);
  const heard: string[] = [];
  const configuration = () =>
    new Configuration({
      file: join(folder, "slipway.yaml"),
      environment: {},
      clock,
      changed: ({ mirrors }) => heard.push([...mirrors.keys()].join(" ")),
      refused: ({ code }) => heard.push(code),
    });
  return { folder, write, clock, configuration, heard: () => heard.splice(0) };
}

test("mirrors have names, sources and destinations", async (context) => {
  const { configuration } = await setting(context, TWO);
  const { mirrors, serve, loadedAt, refused } = configuration().inForce;
  assert.deepEqual(
    [...mirrors.values()].map(({ name, source, destinations }) => [name, source, destinations]),
    [
      ["one", "s.io/app", ["d.io/app"]],
      ["team-other", "s.io/team/other", ["d.io/other", "e.io/other"]],
    ],
  );
  assert.deepEqual([serve.concurrency, loadedAt, refused], [4, 1_000_000, undefined]);
});

test("without a configuration that can be read nothing begins", async (context) => {
  const { configuration } = await setting(context, "version: 1\nmirrors: 7\n");
  assert.throws(configuration, { code: "CONFIG_VALUE_INVALID" });
});

test("a change counts by itself, and one that cannot be read leaves the one before", async (context) => {
  const { write, clock, configuration, heard } = await setting(context, ONE);
  const watched = configuration();
  watched.watch();
  await clock.pass(10_000);
  assert.deepEqual(heard(), []);

  await write("slipway.yaml", TWO);
  await clock.pass(2_500);
  assert.deepEqual(heard(), ["one team-other"]);

  await write("slipway.yaml", "version: 1\nmirrors: 7\n");
  await clock.pass(10_000);
  assert.deepEqual(heard(), ["CONFIG_VALUE_INVALID"]);
  assert.equal(watched.inForce.refused?.code, "CONFIG_VALUE_INVALID");
  assert.deepEqual([...watched.inForce.mirrors.keys()], ["one", "team-other"]);
  assert.equal(watched.reload()?.code, "CONFIG_VALUE_INVALID");
  assert.deepEqual(heard(), []);

  await write("slipway.yaml", ONE);
  await clock.pass(2_500);
  assert.deepEqual(heard(), ["one"]);
  assert.equal(watched.inForce.refused, undefined);
  watched.stop();
  await write("slipway.yaml", TWO);
  await clock.pass(10_000);
  assert.deepEqual(heard(), []);
});

test("a file that is still being written is waited for", async (context) => {
  const { write, clock, configuration, heard } = await setting(context, ONE);
  const watched = configuration();
  watched.watch();
  await write("slipway.yaml", ONE.slice(0, 30));
  await clock.pass(2_100);
  await write("slipway.yaml", TWO);
  await clock.pass(300);
  assert.deepEqual(heard(), []);
  await clock.pass(2_500);
  assert.deepEqual(heard(), ["one team-other"]);
});

test("secrets in files and in .env count when they change, also behind a link", async (context) => {
  const { folder, write, clock, configuration, heard } = await setting(context, ONE, { ".env": "PASSWORD=first" });
  const secrets = async (name: string, password: string) => {
    await mkdtemp(join(folder, "made-")).then(async (made) => {
      await writeFile(join(made, "password"), password);
      // as Kubernetes does it: the link is replaced as a whole
      await symlink(made, join(folder, name));
      await rename(join(folder, name), join(folder, "secrets"));
    });
  };
  await secrets("new", "one");
  await write("slipway.yaml", WITH_SECRETS);
  const watched = configuration();
  watched.watch();
  const passwords = () => watched.inForce.config.credentials.map(({ password }) => password);
  assert.deepEqual(passwords(), ["one", "first"]);

  await secrets("newer", "two");
  await clock.pass(2_500);
  assert.deepEqual(passwords(), ["two", "first"]);
  await write(".env", "PASSWORD=second");
  await clock.pass(2_500);
  assert.deepEqual(passwords(), ["two", "second"]);
  assert.equal(heard().length, 2);

  await rm(join(folder, ".env"));
  await clock.pass(2_500);
  assert.deepEqual(heard(), ["CONFIG_VARIABLE_MISSING"]);
  assert.deepEqual(passwords(), ["two", "second"]);
});
