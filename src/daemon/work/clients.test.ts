import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { Settings } from "../../config/settings.ts";
import type { Reference } from "../../oci/reference.ts";
import { openCache } from "../../target/cache/cache.ts";
import { startRegistry } from "../../testing/index.ts";
import { type Client, Clients } from "./clients.ts";

const DAY = 24 * 3_600_000;

function settings(password?: string, prefix = "d.io"): Settings {
  const credentials = password === undefined ? [] : [{ prefix, username: "me", password, origin: "slipway.yaml:3" }];
  return { rules: [], credentials, hosts: new Map(), notices: [] };
}

/** Clients with an empty home, and the caches that were opened and closed for them. */
async function setting(context: TestContext, first: Settings = settings()) {
  const home = await mkdtemp(join(tmpdir(), "slipway-clients-"));
  const clock = { now: 0 };
  const caches = { opened: 0, closed: 0 };
  const clients = new Clients(first, {
    environment: { HOME: home, XDG_RUNTIME_DIR: home, PATH: `${home}:/usr/bin:/bin` },
    version: "test",
    signal: new AbortController().signal,
    steady: () => clock.now,
    openCache: async () => {
      const cache = await openCache(join(home, "cache"));
      caches.opened += 1;
      return { ...cache, close: () => cache.close().finally(() => (caches.closed += 1)) };
    },
  });
  context.after(async () => {
    await clients.close();
    await rm(home, { recursive: true });
  });
  return { home, clock, caches, clients };
}

test("a client is closed when another counts and its last job has ended", async (context) => {
  const { caches, clients } = await setting(context, settings("one"));
  const [began, end] = [Promise.withResolvers<Client>(), Promise.withResolvers<void>()];
  const job = clients.with(async (client) => {
    await client.cache();
    began.resolve(client);
    await end.promise;
  });
  const before = await began.promise;
  // nothing that the client is made of
  clients.use({ ...settings("one"), notices: [] });
  assert.equal(await clients.with(async (client) => client), before);

  clients.use(settings("two"));
  const after = await clients.with(async (client) => client);
  assert.notEqual(after, before);
  assert.equal(clients.credentials, after.credentials);
  assert.deepEqual(caches, { opened: 1, closed: 0 });
  end.resolve();
  await job;
  await clients.close();
  assert.deepEqual(caches, { opened: 1, closed: 1 });
});

test("what is learnt of hosts, and the cache, is begun anew once a day; logins stay", async (context) => {
  const { clock, caches, clients } = await setting(context);
  const first = await clients.with(async (client) => {
    await client.cache();
    return client;
  });
  clock.now = DAY;
  assert.equal(await clients.with(async (client) => client), first);
  clock.now = DAY + 1;
  const next = await clients.with(async (client) => client);
  assert.notEqual(next, first);
  assert.equal(next.credentials, first.credentials);
  await clients.close();
  assert.deepEqual(caches, { opened: 1, closed: 1 });
});

test("a login that changes where docker keeps it counts without a restart; a helper is asked again once it is refused", async (context) => {
  const { home, clients } = await setting(context);
  const users: Record<string, string> = { me: "one" };
  await using server = await startRegistry({ auth: { kind: "basic", users } });
  const reference: Reference = { registry: server.host, repository: "team/app" };
  const resolve = () => clients.with(({ registry }) => registry.repository(reference).resolve("v1"));
  await mkdir(join(home, ".docker"));
  const config = (content: object) => writeFile(join(home, ".docker", "config.json"), JSON.stringify(content));
  const auth = (password: string) => ({
    auths: { [server.host]: { auth: Buffer.from(`me:${password}`).toString("base64") } },
  });
  await config(auth("one"));
  assert.equal(await resolve(), undefined);
  users.me = "two";
  await config(auth("two"));
  assert.equal(await resolve(), undefined);

  // short-lived passwords end while we go on, and only the registry knows when
  const helper = join(home, "docker-credential-changing");
  const secret = (password: string) => writeFile(join(home, "secret"), password);
  await secret("two");
  const script = `#!/bin/sh\ncat >/dev/null\nprintf '{"ServerURL":"","Username":"me","Secret":"%s"}' "$(cat ${home}/secret)"\n`;
  await writeFile(helper, script, { mode: 0o755 });
  await config({ credHelpers: { [server.host]: "changing" } });
  assert.equal(await resolve(), undefined);
  users.me = "three";
  await secret("three");
  assert.equal(await resolve(), undefined);
});
