import assert from "node:assert/strict";
import { RawClient } from "../../src/testing/contract/raw-client.ts";
import { type SkopeoEnd, skopeoDigest, type TestImage } from "../../src/testing/index.ts";
import { run } from "../../src/testing/servers/program.ts";

export const PLATFORMS = [
  { os: "linux", architecture: "amd64" },
  { os: "linux", architecture: "arm64" },
];

/** Puts images into a registry that needs no login, by plain HTTP and without Slipway. */
export async function publish(
  registry: { readonly origin: string },
  repository: string,
  images: Readonly<Record<string, TestImage>>,
): Promise<void> {
  const client = new RawClient(registry.origin);
  for (const [tag, image] of Object.entries(images)) await client.pushImage(repository, image, tag);
}

/** A registry's repository as skopeo is to see it. */
export interface Place {
  readonly host: string;
  readonly repository: string;
  /** `user:password` */
  readonly credentials?: string;
}

export function skopeoEnd({ host, repository, credentials }: Place, tag: string): SkopeoEnd {
  return { reference: `docker://${host}/${repository}:${tag}`, ...(credentials !== undefined && { credentials }) };
}

/** Fails unless skopeo reads bytes with each image's digest under its tag. */
export async function assertHolds(place: Place, images: Readonly<Record<string, TestImage>>): Promise<void> {
  for (const [tag, image] of Object.entries(images)) {
    assert.equal(
      await skopeoDigest(skopeoEnd(place, tag)),
      image.root.digest,
      `${place.host}/${place.repository}:${tag}`,
    );
  }
}

/** The labels of one platform's image, as skopeo reads them. */
export async function labelsAt(
  place: Place,
  tag: string,
  architecture = "amd64",
): Promise<Readonly<Record<string, string>>> {
  const { reference, credentials } = skopeoEnd(place, tag);
  const login = credentials === undefined ? "--no-creds" : `--creds=${credentials}`;
  const platform = ["--override-os=linux", `--override-arch=${architecture}`];
  const args = [...platform, "inspect", "--config", "--tls-verify=false", login, reference];
  const config = JSON.parse(await run({ name: "skopeo", aptPackage: "skopeo" }, args));
  assert.deepEqual([config.os, config.architecture], ["linux", architecture]);
  return config.config.Labels;
}
