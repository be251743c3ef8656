import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { startProgram } from "./program.ts";

/** Runs another program in its place: of Azurite, what is to be found is this very Node. */
const ENV = { name: "env", aptPackage: "coreutils" };

/**
 * Everybody's account of every emulator, no secret.
 * https://learn.microsoft.com/azure/storage/common/storage-connect-azurite#well-known-storage-account-and-key
 */
const ACCOUNT = "devstoreaccount1";
const KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

const HOUR_MILLISECONDS = 3_600_000;

export interface AzureBlobOptions {
  /** What the service is to call its MD5, as clients may tell it. Default: what it is. */
  readonly md5?: Uint8Array;
}

export interface SasOptions {
  /** Signs for this blob alone. Default: for the whole container. */
  readonly blob?: string;
  /** Default: `r`. */
  readonly permissions?: string;
  /** Default: none. */
  readonly startsOn?: Date;
  /** Default: in an hour. */
  readonly expiresOn?: Date;
}

/** Microsoft's emulator of Azure Blob Storage, running; its blobs are in memory. */
export interface Azurite extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly account: string;
  readonly key: string;
  /** Stores a blob, and makes its container where it is not there. */
  put(container: string, blob: string, bytes: Uint8Array, options?: AzureBlobOptions): Promise<void>;
  remove(container: string, blob: string): Promise<void>;
  /** The URL of the container, or of one blob, with a shared access signature. */
  sasUrl(container: string, options?: SasOptions): Promise<string>;
}

/** Starts it on a free port. */
export async function startAzurite(): Promise<Azurite> {
  const program = await startProgram({
    tool: ENV,
    args: [
      process.execPath,
      await azuriteScript(),
      ...["--blobHost", "127.0.0.1", "--blobPort", "0"],
      // A client's newest version of the API is often newer than the emulator.
      ...["--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--silent"],
    ],
    announced: /successfully listens on http:\/\/127\.0\.0\.1:(\d+)/,
  });
  const host = `127.0.0.1:${program.port}`;
  const {
    BlobServiceClient,
    ContainerSASPermissions,
    generateBlobSASQueryParameters,
    SASProtocol,
    StorageSharedKeyCredential,
  } = await import("@azure/storage-blob");
  const credential = new StorageSharedKeyCredential(ACCOUNT, KEY);
  const service = new BlobServiceClient(`http://${host}/${ACCOUNT}`, credential);
  return {
    host,
    port: program.port,
    account: ACCOUNT,
    key: KEY,
    put: async (container, blob, bytes, { md5 } = {}) => {
      const client = service.getContainerClient(container);
      await client.createIfNotExists();
      const target = client.getBlockBlobClient(blob);
      await target.upload(bytes, bytes.byteLength);
      if (md5 !== undefined) await target.setHTTPHeaders({ blobContentMD5: md5 });
    },
    remove: async (container, blob) => {
      await service.getContainerClient(container).deleteBlob(blob);
    },
    sasUrl: async (container, { blob, permissions = "r", startsOn, expiresOn }: SasOptions = {}) => {
      const query = generateBlobSASQueryParameters(
        {
          containerName: container,
          ...(blob !== undefined && { blobName: blob }),
          permissions: ContainerSASPermissions.parse(permissions),
          protocol: SASProtocol.HttpsAndHttp,
          expiresOn: expiresOn ?? new Date(Date.now() + HOUR_MILLISECONDS),
          ...(startsOn !== undefined && { startsOn }),
        },
        credential,
      );
      const place = service.getContainerClient(container);
      return `${blob === undefined ? place.url : place.getBlobClient(blob).url}?${query}`;
    },
    [Symbol.asyncDispose]: program.stop,
  };
}

async function azuriteScript(): Promise<string> {
  const manifest = import.meta.resolve("azurite/package.json");
  const { bin }: { readonly bin: Readonly<Record<string, string>> } = JSON.parse(
    await readFile(fileURLToPath(manifest), "utf8"),
  );
  return fileURLToPath(new URL(bin["azurite-blob"] ?? "", manifest));
}
