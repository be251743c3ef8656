import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { WEBHOOK_KINDS } from "../../../config/schema/serve.ts";
import { SlipwayError } from "../../../words/error.ts";
import { eventsOf } from "../events.ts";
import { Misread, type Pushed } from "../pushed.ts";
import { readAliyun } from "./aliyun.ts";
import { readDistribution } from "./distribution.ts";
import { readDockerHub } from "./docker-hub.ts";
import { readGeneric } from "./generic.ts";
import { readGitHub } from "./github.ts";
import { readHarbor } from "./harbor.ts";

const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const hub = { kind: "named", host: "docker.io" } as const;
const ghcr = { kind: "named", host: "ghcr.io" } as const;

type Case = readonly [string, (body: unknown) => readonly Pushed[], unknown, readonly Pushed[]];

/** The examples of the published pages, cut to what is looked at and a little more. */
const cases: readonly Case[] = [
  [
    "Docker Hub's example",
    readDockerHub,
    {
      callback_url:
        "https://registry.hub.docker.com/u/svendowideit/testhook/hook/2141b5bi5i5b02bec211i4eeih0242eg11000a/",
      push_data: { pushed_at: 1417566161, pusher: "trustedbuilder", tag: "latest" },
      repository: { name: "testhook", namespace: "svendowideit", repo_name: "svendowideit/testhook", status: "Active" },
    },
    [{ registry: hub, repository: "svendowideit/testhook", tag: "latest" }],
  ],
  [
    "an official image of Docker Hub",
    readDockerHub,
    { push_data: { tag: "1.36" }, repository: { repo_name: "busybox" } },
    [{ registry: hub, repository: "library/busybox", tag: "1.36" }],
  ],
  [
    "GitHub's registry_package",
    readGitHub,
    {
      action: "published",
      registry_package: {
        name: "www",
        namespace: "Octo-Org",
        package_type: "CONTAINER",
        package_version: {
          version: "sha256:abc",
          container_metadata: { tag: { name: "0e2a89b", digest: "sha256:abc" } },
          package_url: "ghcr.io/Octo-Org/www:0e2a89b",
        },
      },
    },
    [{ registry: ghcr, repository: "octo-org/www", tag: "0e2a89b" }],
  ],
  [
    "GitHub's package, of a repository in a folder, without an address",
    readGitHub,
    {
      action: "updated",
      package: {
        name: "cadence/api",
        namespace: "acme",
        ecosystem: "CONTAINER",
        package_version: { container_metadata: { tag: { name: "1.2" } } },
      },
    },
    [{ registry: ghcr, repository: "acme/cadence/api", tag: "1.2" }],
  ],
  [
    "a tag that only the address has, at a GitHub of one's own",
    readGitHub,
    {
      action: "published",
      package: {
        name: "app",
        package_type: "container",
        package_version: { package_url: "https://containers.github.example/acme/app:1" },
      },
    },
    [{ registry: { kind: "named", host: "containers.github.example" }, repository: "acme/app", tag: "1" }],
  ],
  [
    "a version of GitHub's without a tag",
    readGitHub,
    {
      action: "published",
      registry_package: {
        name: "app",
        namespace: "acme",
        package_type: "CONTAINER",
        package_version: { package_url: "ghcr.io/acme/app:", container_metadata: { tag: { name: "", digest: "" } } },
      },
    },
    [],
  ],
  [
    "GitHub's package of another kind",
    readGitHub,
    { action: "published", package: { name: "a", package_type: "npm" } },
    [],
  ],
  [
    "a container that was deleted",
    readGitHub,
    { action: "deleted", package: { name: "a", package_type: "CONTAINER" } },
    [],
  ],
  ["GitHub's ping", readGitHub, { zen: "Design for failure.", hook_id: 1, hook: {} }, []],
  [
    "Harbor's own format",
    readHarbor,
    {
      type: "PUSH_ARTIFACT",
      occur_at: 1680501893,
      operator: "admin",
      event_data: {
        resources: [{ digest: "sha256:95", tag: "3.8", resource_url: "harbor.example/harbor/alpine:3.8" }],
        repository: { name: "alpine", namespace: "harbor", repo_full_name: "harbor/alpine", repo_type: "private" },
      },
    },
    [{ registry: { kind: "own-name", host: "harbor.example" }, repository: "harbor/alpine", tag: "3.8" }],
  ],
  [
    "Harbor's CloudEvent",
    readHarbor,
    {
      specversion: "1.0",
      id: "66e18103-09c1-41f6-982f-37df223f3eeb",
      type: "harbor.artifact.pushed",
      time: "2023-04-03T06:04:46Z",
      data: {
        resources: [{ digest: "sha256:95", tag: "3.8", resource_url: "localhost/harbor/alpine:3.8" }],
        repository: { repo_full_name: "harbor/alpine" },
      },
    },
    [
      {
        registry: { kind: "own-name", host: "localhost" },
        repository: "harbor/alpine",
        tag: "3.8",
        id: "66e18103-09c1-41f6-982f-37df223f3eeb",
      },
    ],
  ],
  ["another event of Harbor's", readHarbor, { type: "SCANNING_COMPLETED", event_data: {} }, []],
  [
    "Distribution's envelope",
    readDistribution,
    {
      events: [
        {
          id: "asdf-1",
          timestamp: "2006-01-02T15:04:05Z",
          action: "push",
          target: {
            mediaType: MANIFEST,
            digest: "sha256:fe",
            repository: "library/test",
            url: "http://example.com/v2/library/test/manifests/sha256:fe",
            tag: "latest",
          },
          request: { host: "registry.local:5000", method: "PUT" },
        },
        { id: "2", action: "push", target: { mediaType: "application/octet-stream", repository: "library/test" } },
        { id: "3", action: "push", target: { mediaType: MANIFEST, repository: "library/test" } },
        { id: "4", action: "pull", target: { mediaType: MANIFEST, repository: "library/test", tag: "latest" } },
        { id: "5", action: "delete", target: { repository: "library/test", tag: "latest" } },
        {
          id: "6",
          action: "push",
          target: { mediaType: "application/vnd.oci.image.index.v1+json", repository: "library/test", tag: "1" },
          request: { host: "Registry.local:5000" },
        },
      ],
    },
    [
      { registry: { kind: "own-name", host: "example.com" }, repository: "library/test", tag: "latest", id: "asdf-1" },
      { registry: { kind: "own-name", host: "registry.local:5000" }, repository: "library/test", tag: "1", id: "6" },
    ],
  ],
  [
    "Azure's push, which is an event without envelope",
    readDistribution,
    {
      id: "cb8c3971-9adc-488b-xxxx-43cbb4974ff5",
      timestamp: "2017-11-17T16:52:01.343145347Z",
      action: "push",
      target: {
        mediaType: "application/vnd.docker.distribution.manifest.v2+json",
        size: 524,
        digest: "sha256:xxxx",
        repository: "hello-world",
        tag: "v1",
      },
      request: { id: "3cbb6949", host: "myregistry.azurecr.io", method: "PUT" },
    },
    [
      {
        registry: { kind: "own-name", host: "myregistry.azurecr.io" },
        repository: "hello-world",
        tag: "v1",
        id: "cb8c3971-9adc-488b-xxxx-43cbb4974ff5",
      },
    ],
  ],
  ["an empty envelope", readDistribution, { events: [] }, []],
  [
    "Alibaba Cloud's example",
    readAliyun,
    {
      push_data: { digest: "sha256:457f", pushed_at: "2016-11-29 12:25:46", tag: "latest" },
      repository: {
        date_created: "2016-10-28 21:31:42",
        name: "repoTest",
        namespace: "namespace",
        region: "cn-hangzhou",
        repo_full_name: "namespace/repoTest",
        repo_type: "PUBLIC",
      },
    },
    [{ registry: { kind: "region", region: "cn-hangzhou" }, repository: "namespace/repotest", tag: "latest" }],
  ],
  [
    "anybody's script",
    (body) => readGeneric(body, "id-1"),
    { repository: "registry.example.com/team/app", tags: ["1.2", "1"] },
    [
      { registry: { kind: "named", host: "registry.example.com" }, repository: "team/app", tag: "1.2", id: "id-1" },
      { registry: { kind: "named", host: "registry.example.com" }, repository: "team/app", tag: "1", id: "id-1" },
    ],
  ],
  [
    "anybody's script, by Docker's rules",
    (body) => readGeneric(body, "id-1"),
    { repository: "busybox", tag: "1" },
    [{ registry: hub, repository: "library/busybox", tag: "1", id: "id-1" }],
  ],
];

for (const [name, readBody, body, expected] of cases) {
  test(`${name} tells of ${expected.length === 0 ? "no tag" : expected.map(({ tag }) => tag).join(" and ")}`, () => {
    assert.deepEqual(readBody(body), expected);
  });
}

const misread: readonly (readonly [string, (body: unknown) => unknown, unknown, RegExp])[] = [
  [
    "Docker Hub's without a tag",
    readDockerHub,
    { push_data: {}, repository: { repo_name: "a/b" } },
    /^push_data\.tag: /,
  ],
  ["nothing", readDockerHub, null, /^the body: /],
  ["a list", readHarbor, [], /^the body: /],
  [
    "Harbor's without a repository",
    readHarbor,
    { type: "PUSH_ARTIFACT", event_data: { resources: [] } },
    /^repository: /,
  ],
  ["an envelope of texts", readDistribution, { events: ["a"] }, /^events\.0: /],
  [
    "Alibaba Cloud's without a region",
    readAliyun,
    { push_data: { tag: "1" }, repository: { repo_full_name: "a/b" } },
    /region/,
  ],
  ["a script's without a tag", (body) => readGeneric(body, "i"), { repository: "a/b" }, /either tag or tags/],
  ["a script's with no repository", (body) => readGeneric(body, "i"), { repository: "A B", tag: "1" }, /^repository: /],
];

for (const [name, readBody, body, expected] of misread) {
  test(`${name} is refused with its place`, () => {
    assert.throws(
      () => readBody(body),
      (thrown) => thrown instanceof Misread && expected.test(thrown.message),
    );
  });
}

test("whatever is sent, a kind of webhook reads it or refuses it", () => {
  const keys = [
    "push_data",
    "repository",
    "tag",
    "repo_name",
    "events",
    "target",
    "action",
    "type",
    "package",
    "event_data",
  ];
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom("push", "PUSH_ARTIFACT", "published", MANIFEST),
      fc.jsonValue(),
      tie("object"),
    ),
    object: fc.dictionary(fc.constantFrom(...keys), tie("value"), { maxKeys: 6 }),
  })).object;
  fc.assert(
    fc.property(
      fc.constantFrom(...WEBHOOK_KINDS),
      fc.oneof(
        json.map((value) => JSON.stringify(value)),
        fc.string(),
      ),
      (kind, body) => {
        try {
          eventsOf({ name: "x", kind, secret: "s" }, new TextEncoder().encode(body), "id");
        } catch (thrown) {
          assert.ok(thrown instanceof SlipwayError && thrown.code === "HOOK_BODY_INVALID", String(thrown));
        }
      },
    ),
    { seed: 20260102, numRuns: 500 },
  );
});
