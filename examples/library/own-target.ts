/**
 * A target of one's own: counts what an image weighs instead of keeping it. `node own-target.ts SOURCE`
 *
 * A target is any place that can answer these questions; the copy engine asks for nothing else.
 */
import { copyImages } from "slipway/copy";
import { type Descriptor, isDigest, parseReference, type RawManifest } from "slipway/oci";
import { createRegistry, staticCredentials } from "slipway/registry";
import { type Body, type Pushed, verified, type WriteTarget } from "slipway/target";

class Scales implements WriteTarget {
  readonly name = "scales";
  readonly store = "scales";
  readonly repository = "scales";
  readonly manifests = new Map<string, RawManifest>();
  bytes = 0;

  async resolve(reference: string): Promise<Descriptor | undefined> {
    return this.manifests.get(reference)?.descriptor;
  }

  async manifest(reference: string): Promise<RawManifest> {
    const manifest = this.manifests.get(reference);
    if (manifest === undefined) throw new Error(`no ${reference} here`);
    return manifest;
  }

  async exists(): Promise<boolean> {
    return false;
  }

  blob(): Body {
    return async () => {
      throw new Error("nothing is kept here");
    };
  }

  async *tags(): AsyncGenerator<readonly string[]> {
    yield [...this.manifests.keys()].filter((name) => !isDigest(name));
  }

  async referrers(): Promise<readonly Descriptor[]> {
    return [];
  }

  /** A body is a function: every attempt opens it anew, and gives its bytes to a sink. */
  async pushBlob(blob: Descriptor, body: Body): Promise<Pushed> {
    await verified(
      this.name,
      blob,
      body,
    )((chunk) => {
      this.bytes += chunk.byteLength;
      return undefined;
    });
    return "written";
  }

  async pushManifest(manifest: RawManifest, tag?: string): Promise<void> {
    this.manifests.set(manifest.descriptor.digest, manifest);
    if (tag !== undefined) this.manifests.set(tag, manifest);
  }
}

const source = parseReference(process.argv[2] ?? "");
const registry = createRegistry({ credentials: staticCredentials("this program", []) });
const scales = new Scales();
const reference = source.tag ?? "latest";
const [outcome] = await copyImages([
  {
    source: registry.repository(source),
    reference,
    destinations: [{ target: scales, tag: reference }],
    referrers: false,
  },
]);
await registry.close();
console.log(`${outcome?.status}: ${scales.bytes} bytes in layers and configurations`);
