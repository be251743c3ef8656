import { createRegistry, type Registry, staticCredentials } from "../../src/registry/index.ts";
import type { Shipment, ShipmentEntry } from "./shipment.ts";

const WORKERS = 8;

/** Puts a shipment into a registry with Slipway's own client. */
export async function publish(host: string, shipment: Shipment): Promise<void> {
  await withRegistry(async (registry) => {
    const known = new Map<string, Promise<unknown>>();
    await forEach(shipment.entries, async ({ repository, tag, image }) => {
      const target = registry.repository({ registry: host, repository });
      for (const { descriptor, body } of image.blobs) {
        const key = `${repository} ${descriptor.digest}`;
        const sent = known.get(key) ?? target.pushBlob(descriptor, body);
        known.set(key, sent);
        await sent;
      }
      for (const manifest of image.manifests) {
        const isRoot = manifest.descriptor.digest === image.root.digest;
        await target.pushManifest(manifest, isRoot ? tag : undefined);
      }
    });
  });
}

/** Of very many tags, so many are looked at. */
const MOST_VERIFIED = 1000;

/** @throws unless every tag of the shipment, or every so-manieth of very many, stands there for the same digest */
export async function verify(host: string, { entries }: Shipment): Promise<void> {
  const step = Math.ceil(entries.length / MOST_VERIFIED);
  const chosen = entries.filter((_, at) => at % step === 0);
  await withRegistry((registry) =>
    forEach(chosen, async ({ repository, tag, image }) => {
      const found = await registry.repository({ registry: host, repository }).resolve(tag);
      if (found?.digest !== image.root.digest) {
        throw new Error(`${repository}:${tag} is ${found?.digest ?? "not there"}, not ${image.root.digest}`);
      }
    }),
  );
}

async function withRegistry(work: (registry: Registry) => Promise<void>): Promise<void> {
  const registry = createRegistry({ credentials: staticCredentials("the benchmark", []), environment: {} });
  try {
    await work(registry);
  } finally {
    await registry.close();
  }
}

async function forEach(entries: readonly ShipmentEntry[], work: (entry: ShipmentEntry) => Promise<void>) {
  const left = entries.values(); // shared by all workers
  const worker = async () => {
    for (const entry of left) await work(entry);
  };
  await Promise.all(Array.from({ length: WORKERS }, worker));
}
