import { type Digest, digestOf } from "../../oci/digest.ts";
import { run } from "./program.ts";

const SKOPEO = { name: "skopeo", aptPackage: "skopeo" };

/** One end, as skopeo writes it: `docker://127.0.0.1:5000/app:v1`, `oci:/srv/layout:v1`, `dir:/tmp/app`. */
export interface SkopeoEnd {
  readonly reference: string;
  /** `user:password` */
  readonly credentials?: string;
  /** Speaks TLS and trusts the authority in here; left out: plain HTTP will do. */
  readonly certDir?: string;
}

function flags(end: SkopeoEnd, side: "" | "src-" | "dest-"): readonly string[] {
  if (!end.reference.startsWith("docker://")) return [];
  return [
    ...(end.certDir === undefined ? [`--${side}tls-verify=false`] : [`--${side}cert-dir=${end.certDir}`]),
    end.credentials === undefined ? `--${side}no-creds` : `--${side}creds=${end.credentials}`,
  ];
}

/** The manifest's bytes, as another program than ours reads them. */
export async function skopeoInspectRaw(end: SkopeoEnd): Promise<string> {
  return run(SKOPEO, ["inspect", "--raw", ...flags(end, ""), end.reference]);
}

/** The digest of the manifest or index, counted from the bytes that came. */
export async function skopeoDigest(end: SkopeoEnd): Promise<Digest> {
  return digestOf(await skopeoInspectRaw(end));
}

/** Copies everything, every platform and every byte as it is. */
export async function skopeoCopy(from: SkopeoEnd, to: SkopeoEnd): Promise<void> {
  const policy = ["--insecure-policy", "copy", "--all", "--preserve-digests", "--quiet"];
  await run(SKOPEO, [...policy, ...flags(from, "src-"), ...flags(to, "dest-"), from.reference, to.reference]);
}
