import { slipway } from "./slipway.ts";
import { REPOSITORIES, type Stage } from "./stage.ts";
import { claim } from "./tell.ts";

const { hub, aliyun, azure } = REPOSITORIES;

/** One scene: what is done, and what is true afterwards. */
export interface Act {
  readonly title: string;
  play(stage: Stage): Promise<void>;
}

export const ACTS: readonly Act[] = [
  {
    title: "azure, a required registry, is down: nothing is released",
    play: async (stage) => {
      const code = await slipway(stage, "release 1.2.3");
      claim("exit code 1", code === 1);
      claim("the other registries have the image all the same", tagsAt(stage) === "1.2.3 1.2.3 ");
      claim("GitHub was sent nothing: no release, no draft, no git tag", stage.github.requests.writes().length === 0);
    },
  },
  {
    title: "azure is back: the same command goes on where it stopped",
    play: async (stage) => {
      await stage.raise();
      const before = stage.hub.tags(hub)["1.2.3"];
      const fetched = stage.packages.fetched.length;
      forget(stage);
      const code = await slipway(stage, "release 1.2.3");
      claim("exit code 0", code === 0);
      claim("nothing was fetched or built again", fetched === 1 && stage.packages.fetched.length === 1);
      claim("the digest is the one of the first run", stage.azure.tags(azure)["1.2.3"] === before);
      claim("only azure was sent layers", sent(stage.hub) + sent(stage.aliyun) === 0 && sent(stage.azure) > 0);
      claim("one release, with its asset checked", releases(stage) === "v1.2.3" && assets(stage) === "1");
    },
  },
  {
    title: "Once more: nothing is written anywhere",
    play: async (stage) => {
      forget(stage);
      const code = await slipway(stage, "release 1.2.3");
      claim("exit code 0", code === 0);
      claim("no registry and no GitHub was sent anything", writes(stage) === 0);
    },
  },
  {
    title: "2.0.0; then a patch of the old line, while aliyun, which is optional, takes nothing",
    play: async (stage) => {
      claim("2.0.0: exit code 0", (await slipway(stage, "release 2.0.0")) === 0);
      const body = JSON.stringify({ errors: [{ code: "DENIED", message: "quota exceeded" }] });
      const headers = { "content-type": "application/json" };
      stage.aliyun.faults.add({ method: "POST", effect: { kind: "status", status: 403, headers, body } });
      const code = await slipway(stage, "release 1.2.4");
      const tags = stage.hub.tags(hub);
      claim("1.2.4: exit code 3, done in part: aliyun lacks it", code === 3 && !("1.2.4" in stage.aliyun.tags(aliyun)));
      claim("it is released nonetheless", releases(stage) === "v1.2.3 v2.0.0 v1.2.4");
      claim("1.2 moved to 1.2.4", tags["1.2"] === tags["1.2.4"]);
      claim(
        "latest stayed at 2.0.0, on GitHub as well",
        tags.latest === tags["2.0.0"] && stage.github.latest === "v2.0.0",
      );
    },
  },
  {
    title: "Why, and what mends it",
    play: async (stage) => {
      stage.aliyun.faults.clear();
      claim("why: what is wrong is explained", (await slipway(stage, "why 1.2.4")) === 0);
      claim("sync: exit code 0, aliyun has caught up", (await slipway(stage, "sync")) === 0);
      claim("verify: exit code 0, the same everywhere", (await slipway(stage, "verify 1.2.4")) === 0);
      claim("GitHub was asked nothing that it does not know", stage.github.violations.length === 0);
    },
  },
];

/** The tags of each registry, in the order of the configuration. */
function tagsAt(stage: Stage): string {
  const [one, other, third] = [stage.hub.tags(hub), stage.aliyun.tags(aliyun), stage.azure.tags(azure)];
  return [one, other, third].map((tags) => Object.keys(tags).join(",")).join(" ");
}

function releases({ github }: Stage): string {
  return github.releases.map(({ tag_name, draft }) => (draft ? `draft of ${tag_name}` : tag_name)).join(" ");
}

function assets({ github }: Stage): string {
  return github.releases.map((release) => release.assets.filter(({ state }) => state === "uploaded").length).join(" ");
}

function forget({ registries, github }: Stage): void {
  for (const { requests } of [...registries, github]) requests.clear();
}

/** Bytes of layers and configurations that a registry took. */
function sent({ requests }: Stage["hub"]): number {
  return requests.bytesIn(undefined, "upload");
}

function writes({ registries, github }: Stage): number {
  const requests = registries.flatMap((registry) => registry.requests.of());
  return (
    requests.filter(({ method }) => method !== "GET" && method !== "HEAD").length + github.requests.writes().length
  );
}
