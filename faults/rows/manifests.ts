import { randomIndex } from "../../src/testing/index.ts";
import { PLATFORMS } from "../../test/support/images.ts";
import { count, secondsAtMost } from "../figures.ts";
import { named, type Row, together, verdict } from "../row.ts";
import { Ends, imageOf } from "../stage/ends.ts";

const PUT = { method: "PUT", kind: "manifest" } as const;

/** A manifest on its way to the destination. */
export const manifests: readonly Row[] = [
  {
    id: "F17",
    injected: "the destination answers 502 to the manifest",
    required: "tried again",
    players: "all",
    play: async (player) => {
      await using ends = await Ends.open({ image: await imageOf(4096) });
      ends.destination.faults.add({ ...PUT, when: { first: 1 }, effect: { kind: "status", status: 502 } });
      return verdict("tried again", ends.copied(await player.copy(ends)));
    },
  },
  {
    id: "F18",
    injected: "the manifest arrives, and the answer that says so is lost",
    required: "HEAD finds its digest there; it is written once",
    players: "all",
    play: async (player) => {
      await using ends = await Ends.open({ image: await imageOf(4096) });
      ends.destination.faults.add({ ...PUT, when: { first: 1 }, effect: { kind: "lose-answer" } });
      const run = await player.copy(ends);
      const writes = ends.destination.requests.count("PUT", "manifest");
      return verdict(
        "found there, accepted",
        { ...ends.copied(run), "one write": writes === 1 },
        count(writes, "write"),
      );
    },
  },
  {
    id: "F19",
    injected: "the destination says it has a platform's manifest, and then refuses the index for want of it",
    required: "the children are sent again, once",
    players: "all",
    play: async (player) => {
      const image = await randomIndex({ seed: "liar", platforms: PLATFORMS });
      await using ends = await Ends.open({ image });
      const [child] = image.manifests;
      if (child === undefined) throw new TypeError("the index has no child");
      const { digest, mediaType, size } = child.descriptor;
      const headers = { "docker-content-digest": digest, "content-type": mediaType, "content-length": String(size) };
      const effect = { kind: "status", status: 200, headers } as const;
      ends.destination.faults.add({ method: "HEAD", path: new RegExp(digest), when: { first: 1 }, effect });
      const run = await player.copy(ends);
      const checks = { ...ends.copied(run), "the child is sent once": writesOf(ends, digest) === 1 };
      return verdict("the child was sent after all", checks);
    },
  },
  {
    id: "F20",
    injected:
      "the destination does not see yet what it has just taken, and refuses the manifest for want of it: three times, then for ever",
    required: "waits for at most 30 s, then fails",
    players: "all",
    lasts: 30,
    play: async (player) => {
      await using late = await Ends.open({ image: await imageOf(4096, "late") });
      await using never = await Ends.open({ image: await imageOf(4096, "never") });
      const body = '{"errors":[{"code":"MANIFEST_BLOB_UNKNOWN","message":"blob unknown to registry"}]}';
      const effect = { kind: "status", status: 404, body } as const;
      late.destination.faults.add({ ...PUT, when: { first: 3 }, effect });
      never.destination.faults.add({ ...PUT, effect });
      const [seen, unseen] = await Promise.all([player.copy(late), player.copy(never)]);
      const puts = never.destination.requests.of("PUT", "manifest").map(({ startedAt }) => startedAt);
      const waited = (Math.max(...puts) - Math.min(...puts)) / 1000;
      const checks = together(late.copied(seen), named("for ever", never.refused(player, unseen, /PARTS_MISSING/)), {
        "it waits at most 30 s": waited <= 30,
      });
      return verdict("waited, and then failed", checks, secondsAtMost(waited));
    },
  },
];

function writesOf({ destination }: Ends, digest: string): number {
  return destination.requests.of("PUT", "manifest").filter(({ path }) => path.endsWith(digest)).length;
}
