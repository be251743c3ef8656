import assert from "node:assert/strict";
import { test } from "node:test";
import { readConfig } from "../../config/slipway/load-config.ts";
import { repositoryOf } from "../../oci/reference.ts";
import { NO_SETTINGS } from "../session.ts";
import { isPublishing, placesOf } from "./places.ts";

function settingsOf(text: string) {
  const lookup = { variable: () => undefined, file: () => "" };
  return readConfig({ file: "slipway.yaml", text: `version: 1\n${text}` }, lookup);
}

const REGISTRIES = `registries:
  hub: { image: docker.io/team/app }
  azure: { image: app.azurecr.io/team/app }
  login: { image: registry.example.com }
  namespace: { image: docker.io/team }
  folder: { image: registry.cn-hangzhou.aliyuncs.com/team }
`;
const MIRRORS = `mirrors:
  - { from: hub, to: [registry.example.com/mirror/app, azure] }
  - { from: docker.io/library/redis, to: registry.cn-hangzhou.aliyuncs.com/team/redis }
`;

const TABLE: readonly (readonly [
  what: string,
  text: string,
  sources: readonly string[],
  destinations: readonly string[],
])[] = [
  [
    "entries alone: those that are repositories",
    REGISTRIES,
    [],
    ["docker.io/team/app", "app.azurecr.io/team/app", "registry.cn-hangzhou.aliyuncs.com/team"],
  ],
  [
    "with mirrors, an entry may be a source, or a login for what begins so",
    REGISTRIES + MIRRORS,
    ["docker.io/team/app", "docker.io/library/redis"],
    ["registry.example.com/mirror/app", "app.azurecr.io/team/app", "registry.cn-hangzhou.aliyuncs.com/team/redis"],
  ],
  [
    "where something is published, every repository is published to",
    `${REGISTRIES}${MIRRORS}tags: ["{{version}}"]\n`,
    ["docker.io/team/app", "docker.io/library/redis"],
    [
      "registry.example.com/mirror/app",
      "app.azurecr.io/team/app",
      "registry.cn-hangzhou.aliyuncs.com/team/redis",
      "docker.io/team/app",
      "registry.cn-hangzhou.aliyuncs.com/team",
    ],
  ],
];

for (const [what, text, sources, destinations] of TABLE) {
  test(`doctor's places: ${what}`, () => {
    const places = placesOf(settingsOf(text));
    assert.deepEqual(
      places.sources.map(({ source }) => repositoryOf(source)),
      sources,
    );
    assert.deepEqual(places.destinations.map(repositoryOf), destinations);
  });
}

test("doctor's places: without a configuration there are none", () => {
  assert.deepEqual(placesOf(NO_SETTINGS), { sources: [], destinations: [] });
  assert.equal(isPublishing(NO_SETTINGS), false);
});
