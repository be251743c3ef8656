/** Looks into a repository: `node client.ts docker.io/library/busybox` */
import { formatPlatform, parseManifest, parseReference } from "slipway/oci";
import { CredentialHelpers, createRegistry, dockerConfig, dockerConfigPaths, firstOf } from "slipway/registry";

const reference = parseReference(process.argv[2] ?? "docker.io/library/busybox:latest");

const helpers = new CredentialHelpers({ env: process.env });
const logins = dockerConfigPaths(process.env).map((path) => dockerConfig(path, helpers));
const registry = createRegistry({ credentials: firstOf(logins) });

try {
  const repository = registry.repository(reference);
  for await (const page of repository.tags()) console.log(page.join(" "));

  const manifest = await repository.manifest(reference.digest ?? reference.tag ?? "latest");
  console.log(manifest.descriptor.digest);
  const parsed = parseManifest(manifest);
  if (parsed.kind === "index") {
    for (const { platform } of parsed.manifests) if (platform !== undefined) console.log(formatPlatform(platform));
  }
} finally {
  await registry.close();
}
