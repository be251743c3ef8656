import { digestOf } from "../../src/oci/digest.ts";
import { indexOf, type TestImage } from "../../src/testing/index.ts";
import { count, MiB } from "../figures.ts";
import { type Checks, named, type Row, type RowForAll, together, verdict } from "../row.ts";
import { Ends, imageOf } from "../stage/ends.ts";
import { reworked } from "../stage/rework.ts";
import type { Player } from "../tools/player.ts";

const INVALID = /MANIFEST_INVALID/;

/** What the source serves is not what it should be. */
export const content: readonly Row[] = [
  {
    id: "S9",
    injected: "a manifest names blobs as `sha256:../..`, as too short a digest, and by an unknown algorithm",
    required: "refused before such a thing is in a URL or a path",
    players: "all",
    play: async (player) => {
      const image = await imageOf(4096);
      let asked = 0;
      let checks: Checks = {};
      for (const bad of ["sha256:../../../../etc/passwd", "sha256:1234", `md4:${"0".repeat(32)}`]) {
        const { ends, run } = await copyOf(
          player,
          reworked(image, (text) => text.replace(layerOf(image), bad)),
        );
        asked += [...ends.source.requests, ...ends.destination.requests].filter(({ path }) =>
          decodeURIComponent(path).includes(bad.slice(bad.indexOf(":") + 1)),
        ).length;
        checks = together(checks, ends.refused(player, run, INVALID));
      }
      return verdict(
        "refused",
        { ...checks, "nobody is asked for it": asked === 0 },
        `${count(asked, "request")} with it`,
      );
    },
  },
  {
    id: "S10",
    injected: "the source serves another manifest than its digest says; then it lies in `Docker-Content-Digest`",
    required: "fails; nothing is tagged",
    players: "all",
    play: async (player) => {
      const image = await imageOf(4096);
      const [manifest] = image.manifests;
      const another = reworked(image, (text) => `${text} `).manifests[0];
      if (manifest === undefined || another === undefined) throw new TypeError("the image has no manifest");
      const { mediaType, digest } = manifest.descriptor;
      const headers = { "content-type": mediaType, "docker-content-digest": digest };
      const swapped = { kind: "status", status: 200, headers, body: Buffer.from(another.bytes).toString() } as const;
      const lie = { kind: "headers", headers: { "docker-content-digest": digestOf("something else") } } as const;
      let checks: Checks = {};
      for (const effect of [swapped, lie]) {
        await using ends = await Ends.open({ image });
        ends.source.faults.add({ kind: "manifest", effect });
        checks = together(checks, ends.refused(player, await player.copy(ends), /CONTENT_MISMATCH|MANIFEST_UNKNOWN/));
      }
      return verdict("failed", checks);
    },
  },
  refusedRow({
    id: "S11",
    injected: "a manifest has `manifests` and `layers` at once; another is served under a type that is not its own",
    required: "refused",
    images: async () => {
      const image = await imageOf(4096);
      const another = "application/vnd.oci.image.index.v1+json";
      return [
        reworked(image, (text) => text.replace('"layers"', '"manifests": [], "layers"')),
        reworked(image, (text) => text.replace("application/vnd.oci.image.manifest.v1+json", another)),
      ];
    },
    words: INVALID,
  }),
  {
    id: "S12",
    injected: "a manifest has a key twice; another has a size over 2^53",
    required: "the first is forwarded byte by byte; the second is refused",
    players: "all",
    play: async (player) => {
      const image = await imageOf(4096);
      const twice = await copyOf(
        player,
        reworked(image, (text) => text.replace("{", '{ "schemaVersion": 2,')),
      );
      const huge = reworked(image, (text) => text.replaceAll(/"size": \d+/g, '"size": 9007199254740993'));
      const refused = await copyOf(player, huge);
      const checks = together(twice.ends.copied(twice.run), refusal(player, refused, INVALID));
      return verdict("forwarded as it is; refused", checks);
    },
  },
  {
    id: "S13",
    injected: "a manifest says that a layer of 4 MiB has 1,000 bytes",
    required: "stops at the first byte too many; nothing is tagged",
    players: "all",
    play: async (player) => {
      const image = await imageOf(4 * MiB);
      const size = image.blobs.find(({ descriptor }) => descriptor.digest === layerOf(image))?.descriptor.size;
      const lie = reworked(image, (text) => text.replace(`"size": ${size}`, '"size": 1000'));
      const tried = await copyOf(player, lie);
      const sent = tried.ends.destination.requests.bytesIn(undefined, "upload");
      const checks = { ...refusal(player, tried, /CONTENT_MISMATCH/), "the layer is not passed on": sent < MiB };
      return verdict("stopped", checks, tried.ends.tags);
    },
  },
  refusedRow({
    id: "S17",
    injected: "an index in an index, 12 deep; an index of 10,001 images",
    required: "refused: depth and number have limits",
    images: async () => {
      const image = await imageOf(4096);
      let deep: TestImage = image;
      for (let depth = 0; depth < 12; depth += 1) deep = indexOf([deep]);
      return [deep, indexOf(Array.from({ length: 10_001 }, () => image))];
    },
    words: INVALID,
  }),
  {
    id: "S18",
    injected: "a blob comes with `Content-Encoding: gzip`",
    required: "refused",
    players: "all",
    play: async (player) => {
      await using ends = await Ends.open();
      const headers = { "content-encoding": "gzip" };
      ends.source.faults.add({ method: "GET", kind: "blob", effect: { kind: "headers", headers } });
      return verdict("refused", ends.refused(player, await player.copy(ends), /ANSWER_INVALID/));
    },
  },
];

/** Each image is refused, and nothing is tagged. */
function refusedRow(row: {
  readonly id: string;
  readonly injected: string;
  readonly required: string;
  readonly images: () => Promise<readonly TestImage[]>;
  readonly words: RegExp;
}): RowForAll {
  const { images, words, ...described } = row;
  return {
    ...described,
    players: "all",
    play: async (player) => {
      let checks: Checks = {};
      for (const [at, image] of (await images()).entries()) {
        checks = together(checks, named(`image ${at + 1}`, refusal(player, await copyOf(player, image), words)));
      }
      return verdict("refused", checks);
    },
  };
}

interface Tried {
  readonly ends: Ends;
  readonly run: Awaited<ReturnType<Player["copy"]>>;
}

/** The registries can still be asked what they saw, though they are closed. */
async function copyOf(player: Player, image: TestImage): Promise<Tried> {
  await using ends = await Ends.open({ image });
  return { ends, run: await player.copy(ends) };
}

function refusal(player: Player, { ends, run }: Tried, words: RegExp): Checks {
  return ends.refused(player, run, words);
}

function layerOf(image: TestImage): string {
  return image.blobs.toSorted((one, other) => other.descriptor.size - one.descriptor.size)[0]?.descriptor.digest ?? "";
}
