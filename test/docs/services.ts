import { servePackages } from "../../scripts/demo/packages.ts";
import { startAzurite, startGitHub, type TestGitHub } from "../../src/testing/index.ts";
import type { Page } from "./page.ts";

/** What publishing needs besides registries: a GitHub, a server of packages, and Azure's storage where a page has it. */
export interface Services extends AsyncDisposable {
  readonly github: TestGitHub;
  /** Of a container with the packages of some versions. */
  readonly sasUrl?: string;
  /** Where the names that pages use really are. */
  readonly addresses: ReadonlyMap<string, string>;
}

const REPOSITORY = "HagiCode-org/releases";
const IN_AZURE = ["1.2.3", "1.2.4"];

export async function startServices({ prose, blocks }: Page): Promise<Services> {
  await using closing = new AsyncDisposableStack();
  const github = closing.use(await startGitHub({ repository: REPOSITORY, token: "github-canary" }));
  // Published before Slipway, when nobody looked after the second registry.
  github.putRelease({ tag_name: "v1.1.0" });
  const packages = closing.use(await servePackages());
  const texts = [prose, ...blocks.map(({ text }) => text)];
  let sasUrl: string | undefined;
  if (texts.some((text) => text.includes("AZURE_BLOB_SAS_URL"))) {
    const azurite = closing.use(await startAzurite());
    for (const name of IN_AZURE.map((version) => `hagicode-${version}-linux-x64.zip`)) {
      const answer = await fetch(`${packages.origin}/${name}`);
      await azurite.put("packages", name, await answer.bytes());
    }
    sasUrl = await azurite.sasUrl("packages");
  }
  const addresses = new Map([
    ["https://downloads.example.com", packages.origin],
    ["https://github.com", "https://github.example.test"],
  ]);
  const all = closing.move();
  return {
    github,
    addresses,
    ...(sasUrl !== undefined && { sasUrl }),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
