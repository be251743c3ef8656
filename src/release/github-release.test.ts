import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { GitHub } from "../github/index.ts";
import type { Digest } from "../oci/digest.ts";
import { atGitHub } from "../testing/github/client.ts";
import { type TestGitHub, temporaryFolder } from "../testing/index.ts";
import { asFailure } from "../words/error.ts";
import { wantedAssets } from "./assets.ts";
import { bringRelease, findRelease, type WantedRelease } from "./github-release.ts";
import { imageTable } from "./release-body.ts";
import { listedEffects } from "./simulation/samples.ts";
import { Steps } from "./step.ts";

const A: Digest = `sha256:${"a".repeat(64)}`;
const B: Digest = `sha256:${"b".repeat(64)}`;
const tableOf = (digest: Digest) => imageTable("1.2.3", [{ repository: "one.test/acme/app", digest }]);
const TABLE = tableOf(A);
const FILES = { "app.zip": "the program", "more.zip": "more of it" };

interface Setting {
  readonly server: TestGitHub;
  readonly github: GitHub;
  /** Brings it about, and gives the effects that it took. */
  bring(changes?: Partial<WantedRelease>): Promise<readonly string[]>;
  /** Each step with what became of it. */
  readonly steps: Steps;
}

async function atRelease(work: (setting: Setting) => Promise<void>): Promise<void> {
  await using folder = await temporaryFolder("release");
  for (const [name, content] of Object.entries(FILES)) await writeFile(join(folder.path, name), content);
  const assets = await wantedAssets(folder.path, ["*.zip"]);
  await atGitHub(async ({ server, github }) => {
    const steps = new Steps({ write: async () => undefined }, () => undefined);
    const bring = async (changes: Partial<WantedRelease> = {}) => {
      const effects = listedEffects();
      const wanted: WantedRelease = {
        tag: "v1.2.3",
        name: "v1.2.3",
        target: server.head,
        prerelease: false,
        notes: { kind: "text", text: "All is new." },
        table: () => TABLE,
        assets,
        latest: async () => true,
        ...changes,
      };
      const release = await bringRelease(wanted, { github, effects, steps, pause: 0 });
      assert.equal(release.state, "published");
      return effects.list;
    };
    await work({ server, github, bring, steps });
    assert.deepEqual(server.violations, []);
  });
}

const ALL = ["create-draft v1.2.3", "upload-asset app.zip", "upload-asset more.zip", "publish v1.2.3"];

function shown({ releases }: TestGitHub) {
  return releases.map(({ tag_name, draft, body, assets }) => ({
    tag: tag_name,
    draft,
    body,
    assets: assets.map(({ name, state }) => `${name} ${state}`),
  }));
}

const WHOLE = {
  tag: "v1.2.3",
  draft: false,
  body: `All is new.\n\n${TABLE}`,
  assets: ["app.zip uploaded", "more.zip uploaded"],
};

test("draft, assets, publication; and a second time nothing", () =>
  atRelease(async ({ server, bring, steps }) => {
    assert.deepEqual(await bring(), ALL);
    assert.deepEqual(shown(server), [WHOLE]);
    assert.deepEqual(server.tags, { "v1.2.3": server.head });
    assert.equal(server.latest, "v1.2.3");
    assert.deepEqual(await bring(), []);
    assert.deepEqual(shown(server), [WHOLE]);
    assert.deepEqual(
      steps.outcomes.map(({ step, status }) => `${step} ${status}`),
      ["draft done", "assets done", "publish done", "draft skipped", "assets skipped", "publish skipped"],
    );
  }));

test("GitHub's own notes come before the table; a prerelease is never the latest", () =>
  atRelease(async ({ server, bring }) => {
    await bring({ notes: { kind: "generate" }, prerelease: true, assets: [] });
    const [release] = shown(server);
    assert.match(
      release?.body ?? "",
      /^## What's Changed[\s\S]*<!-- slipway:images -->[\s\S]*<!-- \/slipway:images -->$/,
    );
    assert.equal(server.latest, undefined);
  }));

test("a release that shall not be the latest leaves that to another", () =>
  atRelease(async ({ server, bring }) => {
    server.putRelease({ tag_name: "v2.0.0", make_latest: "true" });
    await bring({ latest: async () => false });
    assert.equal(server.latest, "v2.0.0");
  }));

test("a draft that is there is gone on with: what people wrote stays, the table is renewed", () =>
  atRelease(async ({ server, bring }) => {
    const body = `Written by hand.\n\n${tableOf(B)}\n\nThanks to all.`;
    server.putRelease({ tag_name: "v1.2.3", draft: true, body, assets: { "app.zip": FILES["app.zip"] } });
    assert.deepEqual(await bring(), ["update-draft v1.2.3", "upload-asset more.zip", "publish v1.2.3"]);
    assert.deepEqual(shown(server), [{ ...WHOLE, body: `Written by hand.\n\nThanks to all.\n\n${TABLE}` }]);
  }));

test("of two drafts the older one is gone on with, by every run", () =>
  atRelease(async ({ server, github, bring }) => {
    const body = `All is new.\n\n${TABLE}`;
    const older = server.putRelease({ tag_name: "v1.2.3", draft: true, body });
    server.putRelease({ tag_name: "v1.2.3", draft: true, body });
    assert.equal((await findRelease(github, "v1.2.3"))?.id, older);
    assert.deepEqual(await bring(), ["upload-asset app.zip", "upload-asset more.zip", "publish v1.2.3"]);
    const published = server.releases.filter(({ draft }) => !draft).map(({ id }) => id);
    assert.deepEqual(published, [older]);
  }));

test("a published release goes before a draft that is older", () =>
  atRelease(async ({ server, github, bring }) => {
    server.putRelease({ tag_name: "v1.2.3", draft: true });
    const out = server.putRelease({ tag_name: "v1.2.3", body: `All is new.\n\n${TABLE}`, assets: FILES });
    assert.equal((await findRelease(github, "v1.2.3"))?.id, out);
    assert.deepEqual(await bring(), []);
  }));

test("a draft of another tag is nobody's business", () =>
  atRelease(async ({ server, bring }) => {
    server.putRelease({ tag_name: "v1.2.4", draft: true, body: "not yet" });
    assert.deepEqual(await bring(), ALL);
    assert.deepEqual(shown(server)[0], { tag: "v1.2.4", draft: true, body: "not yet", assets: [] });
  }));

test("what is flawed in a draft is replaced: an upload that broke off, another file", () =>
  atRelease(async ({ server, bring }) => {
    const body = `All is new.\n\n${TABLE}`;
    server.putRelease({
      tag_name: "v1.2.3",
      draft: true,
      body,
      starters: ["app.zip"],
      assets: { "more.zip": "other" },
    });
    assert.deepEqual(await bring(), [
      "delete-asset app.zip",
      "delete-asset more.zip",
      "upload-asset app.zip",
      "upload-asset more.zip",
      "publish v1.2.3",
    ]);
    assert.deepEqual(shown(server), [WHOLE]);
  }));

test("assets that others added to a draft stay", () =>
  atRelease(async ({ server, bring }) => {
    server.putRelease({ tag_name: "v1.2.3", draft: true, assets: { "by-hand.txt": "hello" } });
    await bring();
    assert.deepEqual(shown(server)[0]?.assets.toSorted(), [
      "app.zip uploaded",
      "by-hand.txt uploaded",
      "more.zip uploaded",
    ]);
  }));

test("a published release that lacks an asset or its table is completed", () =>
  atRelease(async ({ server, bring }) => {
    server.putRelease({ tag_name: "v1.2.3", body: "All is new.", assets: { "app.zip": FILES["app.zip"] } });
    assert.deepEqual(await bring(), ["edit-release v1.2.3", "upload-asset more.zip"]);
    assert.deepEqual(shown(server), [WHOLE]);
  }));

const REFUSED: readonly {
  readonly what: string;
  readonly immutable?: boolean;
  readonly assets: Readonly<Record<string, string>>;
  readonly code: string;
  readonly facts: object;
}[] = [
  {
    what: "immutable, and lacks an asset",
    immutable: true,
    assets: { "app.zip": FILES["app.zip"] },
    code: "RELEASE_FROZEN",
    facts: { tag: "v1.2.3", names: "more.zip" },
  },
  {
    what: "immutable, and has another file",
    immutable: true,
    assets: { ...FILES, "app.zip": "other" },
    code: "RELEASE_FROZEN",
    facts: { tag: "v1.2.3", names: "app.zip" },
  },
  {
    what: "has another file of that name",
    assets: { ...FILES, "app.zip": "other" },
    code: "ASSET_PUBLISHED",
    facts: { tag: "v1.2.3", name: "app.zip" },
  },
];

for (const { what, immutable = false, assets, code, facts } of REFUSED) {
  test(`a published release stays as it is where it ${what}: ${code}`, () =>
    atRelease(async ({ server, bring, steps }) => {
      server.set({ immutableReleases: immutable });
      server.putRelease({ tag_name: "v1.2.3", body: `All is new.\n\n${TABLE}`, assets });
      const before = shown(server);
      await assert.rejects(bring(), { code, facts, retryable: false });
      assert.deepEqual(shown(server), before);
      assert.deepEqual(server.requests.writes(), []);
      assert.deepEqual(
        steps.outcomes.map(({ step, status }) => `${step} ${status}`),
        ["draft skipped", "assets failed"],
      );
    }));
}

test("an immutable release that is whole needs nothing", () =>
  atRelease(async ({ server, bring }) => {
    server.set({ immutableReleases: true });
    assert.deepEqual(await bring(), ALL);
    assert.deepEqual(await bring(), []);
    assert.equal(server.releases[0]?.immutable, true);
  }));

test("an empty file is refused before anything is uploaded", () =>
  atRelease(async ({ server, bring }) => {
    await using folder = await temporaryFolder("empty");
    await writeFile(join(folder.path, "empty.txt"), "");
    const assets = await wantedAssets(folder.path, ["*"]);
    await assert.rejects(bring({ assets }), {
      code: "ASSET_REFUSED",
      facts: { name: "empty.txt", reason: "it is empty" },
    });
    assert.equal(server.requests.count("repos/upload-release-asset"), 0);
    assert.equal(server.releases[0]?.draft, true);
  }));

test("a draft that somebody deletes meanwhile is told, and nothing is made in its place", () =>
  atRelease(async ({ server, github, bring }) => {
    const latest = async () => {
      throw new TypeError("nobody asks");
    };
    server.faults.add({
      operation: "repos/get-release",
      fault: { kind: "status", status: 404, body: JSON.stringify({ message: "Not Found" }) },
    });
    await assert.rejects(bring({ latest }), { code: "DRAFT_GONE" });
    server.faults.clear();
    assert.equal((await github.findReleases("v1.2.3")).length, 1);
  }));

test("what GitHub refuses is tried once; what it could not do, four times", () =>
  atRelease(async ({ server, bring }) => {
    const asked = async (status: number) => {
      server.requests.clear();
      const armed = server.faults.add({
        operation: "repos/create-release",
        fault: { kind: "status", status, body: JSON.stringify({ message: "no" }) },
      });
      const error = await bring().then(() => undefined, asFailure);
      armed.remove();
      return [server.requests.count("repos/create-release"), error?.retryable];
    };
    assert.deepEqual(await asked(422), [1, false]);
    assert.deepEqual(await asked(403), [1, false]);
    assert.deepEqual(await asked(503), [4, true]);
    assert.deepEqual(server.releases, []);
  }));
