import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Descriptor, descriptorOf } from "../oci/descriptor.ts";
import { digestOf } from "../oci/digest.ts";
import { bodyOf, collect } from "../target/bytes.ts";
import {
  type DockerRegistryOptions,
  makeAuthority,
  type RegistryOptions,
  randomImage,
  randomIndex,
  referrerTo,
  startDockerRegistry,
  startRegistry,
  startTlsFront,
  type TestImage,
} from "../testing/index.ts";
import { staticCredentials } from "./credentials/static.ts";
import { createRegistry, type Registry } from "./registry.ts";
import type { Repository } from "./repository.ts";

/**
 * The client's contract, held on honest registries and on Debian's, over both ways that bodies can travel.
 */

/** A registry that the client is held against. */
interface Running extends AsyncDisposable {
  readonly host: string;
  /** Whom a client has to trust. */
  readonly ca?: string;
}

interface Candidate {
  readonly name: string;
  readonly start: () => Promise<Running>;
  readonly auth: "none" | "basic" | "bearer";
}

const USER = { username: "robot", password: "s3cret:with:colons" };
const USERS = { [USER.username]: USER.password };
const TOKENS = { kind: "token", users: USERS, expiresInSeconds: 300 } as const;
const BASIC = { kind: "basic", users: USERS } as const;

const honest = (name: string, options: RegistryOptions, auth: Candidate["auth"] = "none"): Candidate => ({
  name: `honest registry${name}`,
  start: () => startRegistry(options),
  auth,
});
const debian = (name: string, options: DockerRegistryOptions, auth: Candidate["auth"] = "none"): Candidate => ({
  name: `Debian's docker-registry${name}`,
  start: () => startDockerRegistry(options),
  auth,
});

const SERVERS: readonly Candidate[] = [
  honest("", {}),
  honest(" without referrers API", { referrers: false }),
  honest(" with basic auth", { auth: BASIC }, "basic"),
  honest(" with tokens", { auth: TOKENS }, "bearer"),
  honest(" with absolute locations, redirects and small pages", {
    locations: "absolute",
    redirectBlobs: true,
    pageSize: 2,
  }),
  debian("", {}),
  debian(" with basic auth", { auth: BASIC }, "basic"),
  debian(" with tokens", { auth: TOKENS }, "bearer"),
  { name: "Debian's docker-registry behind nginx, with TLS", start: behindTls, auth: "none" },
];

/** Debian's registry behind nginx, with a private authority. */
async function behindTls(): Promise<Running> {
  const stack = new AsyncDisposableStack();
  const authority = stack.use(await makeAuthority());
  const upstream = stack.use(await startDockerRegistry());
  const front = stack.use(await startTlsFront({ upstream: upstream.host, authority }));
  return { host: front.host, ca: authority.ca, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** Everything over connections for large bodies, and nothing over them. */
const CANDIDATES = SERVERS.flatMap((server) => [
  { ...server, largeBodyBytes: Number.POSITIVE_INFINITY },
  { ...server, name: `${server.name}, by wire`, largeBodyBytes: 0 },
]);

for (const candidate of CANDIDATES) {
  describe(`the client at: ${candidate.name}`, () => {
    const { largeBodyBytes } = candidate;
    let running: Running;
    // the server is the same for all, so each test has a repository of its own
    let repositories = 0;
    before(async () => {
      running = await candidate.start();
    });
    after(() => running[Symbol.asyncDispose]());

    const at = async (work: (repository: Repository, registry: Registry, host: string) => Promise<void>) => {
      const { host, ca } = running;
      const table = candidate.auth === "none" ? [] : [{ prefix: host, origin: "the test", ...USER }];
      const hosts = ca === undefined ? {} : { [host]: { ca } };
      const registry = createRegistry({ credentials: staticCredentials("the test", table), largeBodyBytes, hosts });
      repositories += 1;
      try {
        await work(registry.repository({ registry: host, repository: `team/app${repositories}` }), registry, host);
      } finally {
        await registry.close();
      }
    };

    test("an image that is pushed can be pulled, byte for byte", () =>
      at(async (repository) => {
        const image = await randomIndex({
          seed: "contract",
          platforms: [
            { os: "linux", architecture: "amd64" },
            { os: "linux", architecture: "arm64" },
          ],
        });
        await push(repository, image, "v1");
        assert.deepEqual(await repository.resolve("v1"), image.root);
        for (const { descriptor, bytes } of image.manifests) {
          const read = await repository.manifest(descriptor.digest);
          assert.deepEqual(read.descriptor, descriptor);
          assert.ok(Buffer.from(read.bytes).equals(bytes));
        }
        for (const { descriptor } of image.blobs) {
          assert.ok(await repository.exists(descriptor));
          assert.equal(digestOf(await collect(repository.blob(descriptor), descriptor.size)), descriptor.digest);
        }
      }));

    test("what is not there is undefined, false, or an error with a name", () =>
      at(async (repository) => {
        const absent: Descriptor = descriptorOf(Buffer.from("absent"), "application/octet-stream");
        assert.deepEqual(await listed(repository), []);
        assert.equal(await repository.resolve("v1"), undefined);
        assert.equal(await repository.resolve(absent.digest), undefined);
        assert.equal(await repository.exists(absent), false);
        await assert.rejects(repository.manifest("v1"), { code: "MANIFEST_UNKNOWN" });
        await assert.rejects(collect(repository.blob(absent), 10), { code: "BLOB_UNKNOWN" });
      }));

    test("a blob can be read from any byte on", () =>
      at(async (repository) => {
        const bytes = Buffer.from("0123456789");
        const blob = descriptorOf(bytes, "text/plain");
        await repository.pushBlob(blob, bodyOf(bytes));
        for (const offset of [0, 1, 9]) {
          const read = await collect((sink) => repository.blob(blob)(sink, { offset }), 10);
          assert.equal(Buffer.from(read).toString(), bytes.subarray(offset).toString());
        }
      }));

    test("wrong bytes are refused", () =>
      at(async (repository) => {
        const blob = descriptorOf(Buffer.from("right"), "text/plain");
        await assert.rejects(repository.pushBlob(blob, bodyOf(Buffer.from("wrong"))), { code: "REGISTRY_ANSWER" });
        assert.equal(await repository.exists(blob), false);
      }));

    test("an empty blob can be pushed and pulled", () =>
      at(async (repository) => {
        const blob = descriptorOf(new Uint8Array(0), "text/plain");
        await repository.pushBlob(blob, bodyOf(new Uint8Array(0)));
        assert.ok(await repository.exists(blob));
      }));

    test("a blob is mounted from a repository that holds it", () =>
      at(async (repository, registry, host) => {
        const bytes = Buffer.from("shared layer");
        const blob = descriptorOf(bytes, "text/plain");
        await repository.pushBlob(blob, bodyOf(bytes));
        const other = registry.repository({ registry: host, repository: `${repository.repository}/other` });
        const pushed = await other.pushBlob(blob, () => Promise.reject(new Error("nobody should read this")), {
          mountFrom: repository.repository,
        });
        assert.equal(pushed, "mounted");
        assert.ok(await other.exists(blob));
      }));

    test("a mount from where it is not becomes an upload", () =>
      at(async (repository) => {
        const bytes = Buffer.from("not there");
        const blob = descriptorOf(bytes, "text/plain");
        assert.equal(await repository.pushBlob(blob, bodyOf(bytes), { mountFrom: "team/none" }), "written");
      }));

    test("a manifest without its parts is refused by name", () =>
      at(async (repository) => {
        const image = await randomImage({ seed: "incomplete" });
        const manifest = image.manifests.at(-1);
        assert.ok(manifest);
        await assert.rejects(repository.pushManifest(manifest, "v1"), { code: "PARTS_MISSING" });
      }));

    test("tags are listed, all of them", () =>
      at(async (repository) => {
        const image = await randomImage({ seed: "tags" });
        for (const tag of ["a", "b", "c", "d", "e"]) await push(repository, image, tag);
        assert.deepEqual([...(await listed(repository))].sort(), ["a", "b", "c", "d", "e"]);
      }));

    test("referrers are listed with their subject, by API or by tag", () =>
      at(async (repository) => {
        const image = await randomImage({ seed: "subject" });
        await push(repository, image, "v1");
        assert.deepEqual(await repository.referrers(image.root.digest), []);
        const referrers = ["one", "two"].map((seed) =>
          referrerTo(image.root, { seed, artifactType: "application/x-test" }),
        );
        await Promise.all(referrers.map((referrer) => push(repository, referrer)));
        const found = await repository.referrers(image.root.digest);
        assert.deepEqual(found.map(({ digest }) => digest).sort(), referrers.map(({ root }) => root.digest).sort());
        assert.deepEqual(new Set(found.map(({ artifactType }) => artifactType)), new Set(["application/x-test"]));
      }));

    test("the same again writes no blob and breaks nothing", () =>
      at(async (repository) => {
        const image = await randomImage({ seed: "again", format: "docker" });
        await push(repository, image, "v1");
        await push(repository, image, "v1");
        assert.equal((await repository.resolve("v1"))?.digest, image.root.digest);
      }));

    test("a host says how it is spoken to", () =>
      at(async (_, registry, host) => {
        const ping = await registry.ping(host);
        const { auth } = candidate;
        assert.deepEqual(
          { ...ping, date: undefined },
          {
            host,
            scheme: running.ca === undefined ? "http" : "https",
            auth,
            credentialOrigin: "the test",
            date: undefined,
          },
        );
      }));

    if (candidate.auth !== "none") {
      test("wrong credentials are named with where they came from", async () => {
        const wrong = { prefix: running.host, username: "robot", password: "guess", origin: "auth.yaml:3" };
        const registry = createRegistry({ credentials: staticCredentials("the test", [wrong]) });
        const repository = registry.repository({ registry: running.host, repository: "team/app" });
        await assert.rejects(repository.resolve("v1"), (error: unknown) => {
          assert.ok(error instanceof Error && "code" in error);
          assert.equal(error.code, "UNAUTHORIZED");
          assert.match(error.message, /auth\.yaml:3/);
          assert.doesNotMatch(error.message, /guess/);
          return true;
        });
        await registry.close();
      });
    }
  });
}

async function push(repository: Repository, image: TestImage, tag?: string): Promise<void> {
  for (const { descriptor, body } of image.blobs) await repository.pushBlob(descriptor, body);
  for (const manifest of image.manifests) {
    const isRoot = manifest.descriptor.digest === image.root.digest;
    await repository.pushManifest(manifest, isRoot ? tag : undefined);
  }
}

async function listed(repository: Repository): Promise<readonly string[]> {
  const tags: string[] = [];
  for await (const page of repository.tags()) tags.push(...page);
  return tags;
}
