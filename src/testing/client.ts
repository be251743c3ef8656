import { type Descriptor, descriptorOf } from "../oci/descriptor.ts";
import { staticCredentials } from "../registry/credentials/static.ts";
import type { HostOptions } from "../registry/options.ts";
import { createRegistry, type RegistryOptions } from "../registry/registry.ts";
import type { Repository } from "../registry/repository.ts";
import type { Notes } from "../target/notes.ts";
import type { Body } from "../target/target.ts";
import { startRegistry, type TestRegistry } from "./index.ts";

export const BYTES = Buffer.alloc(3_000_000, "Slipway ");
export const BLOB: Descriptor = descriptorOf(BYTES, "application/octet-stream");

/** Both ways that bodies can travel. */
export const TRANSPORTS = [
  { transport: "undici", largeBodyBytes: Number.POSITIVE_INFINITY },
  { transport: "wire", largeBodyBytes: 0 },
] as const;

export interface Setting {
  readonly server: TestRegistry;
  readonly repository: Repository;
}

export type Options = NonNullable<Parameters<typeof startRegistry>[0]> & {
  readonly host?: HostOptions;
  readonly client?: Partial<RegistryOptions>;
};

/** A registry, and a client's repository of it. */
export async function at({ host, client, ...options }: Options, work: (setting: Setting) => Promise<void>) {
  await using server = await startRegistry(options);
  await withClient(server.host, { hosts: { [server.host]: host ?? {} }, ...client }, (repository) =>
    work({ server, repository }),
  );
}

/** A client of a registry that is there already. */
export async function withClient(
  host: string,
  options: Partial<RegistryOptions>,
  work: (repository: Repository) => Promise<void>,
) {
  const client = createRegistry({
    credentials: staticCredentials("the test", []),
    retry: { attempts: 4, baseMilliseconds: 5 },
    ...options,
  });
  try {
    await work(client.repository({ registry: host, repository: "team/app" }));
  } finally {
    await client.close();
  }
}

const CHUNK_BYTES = 64 * 1024;

/** A body in small chunks, and the offsets that it was opened at. */
export function opened(bytes: Uint8Array): { readonly body: Body; readonly offsets: readonly number[] } {
  const offsets: number[] = [];
  return {
    offsets,
    body: async (sink, { offset = 0 } = {}) => {
      offsets.push(offset);
      for (let start = offset; start < bytes.byteLength; start += CHUNK_BYTES)
        await sink(bytes.subarray(start, start + CHUNK_BYTES));
    },
  };
}

/** Notes that outlive the clients of a test. */
export function notesInMemory(): Notes & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    take: async (key) => {
      const text = texts.get(key);
      texts.delete(key);
      return text;
    },
    keep: async (key, text) => {
      texts.set(key, text);
    },
    forget: async (key) => {
      texts.delete(key);
    },
  };
}
