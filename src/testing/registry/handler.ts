import { isDigest } from "../../oci/digest.ts";
import { listing } from "../listings/listing.ts";
import { type Access, neededFor } from "./access.ts";
import type { Answer, Incoming } from "./answer.ts";
import { blobs, serve } from "./blobs.ts";
import { unsupported } from "./checks.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Handler } from "./exchange.ts";
import { guard } from "./guard.ts";
import { catalog, referrers, tags } from "./lists.ts";
import { manifests } from "./manifests.ts";
import { Problem } from "./problem.ts";
import { PullCounter } from "./pull-limit.ts";
import type { State } from "./state.ts";
import { tokenEndpoint } from "./token-endpoint.ts";
import { SealedTokens } from "./tokens.ts";
import { uploads } from "./uploads.ts";

/** The registry itself: who may, and then what. */
export function registryHandler(state: State): Handler {
  const auth = state.options.auth ?? { kind: "none" };
  const tokens = new SealedTokens();
  const pulls = new PullCounter(state.options.pullLimit);
  const realm = (auth.kind === "token" ? auth.realm : undefined) ?? `${state.origin}/token`;
  return async (incoming, endpoint) => {
    if (endpoint.kind === "token" && auth.kind === "token") return tokenEndpoint(auth, tokens, incoming);
    const pass = (needed: readonly Access[]) => guard(auth, tokens, realm, incoming.headers.authorization, needed);
    if (endpoint.kind === "listing") return listing(state, incoming, pass);
    pass(neededFor(endpoint, incoming));
    return pulls.count(incoming, endpoint, () => dispatch(state, incoming, endpoint));
  };
}

function dispatch(state: State, incoming: Incoming, endpoint: Endpoint): Promise<Answer> | Answer {
  switch (endpoint.kind) {
    case "base":
      return { status: 200, headers: { "content-type": "application/json" }, body: Buffer.from("{}") };
    case "catalog":
      return catalog(state, incoming);
    case "tags":
      return tags(state, incoming, endpoint.repository);
    case "referrers":
      return referrers(state, incoming, endpoint.repository, endpoint.reference);
    case "manifest":
      return manifests(state, incoming, endpoint.repository, endpoint.reference);
    case "blob":
      return blobs(state, incoming, endpoint.repository, endpoint.reference);
    case "upload":
    case "mount":
      return uploads(state, incoming, endpoint.repository, endpoint.session);
    default:
      return { status: 404, headers: { "content-type": "text/plain" }, body: Buffer.from("404 page not found\n") };
  }
}

/** The place that blob GETs are redirected to. Like S3, it refuses whoever shows it somebody else's credentials. */
export function storageHandler(state: State): Handler {
  return async (incoming, endpoint) => {
    if (endpoint.kind !== "storage" || !isDigest(endpoint.reference)) return { status: 404 };
    if (incoming.method !== "GET") unsupported(incoming.method);
    if (incoming.headers.authorization !== undefined) return { status: 400, body: Buffer.from("InvalidArgument") };
    if (incoming.url.searchParams.get("signature") !== state.signature) return { status: 403 };
    const blob = state.content.stored(endpoint.reference);
    if (blob === undefined) throw new Problem(404, "BLOB_UNKNOWN", `there is no ${endpoint.reference}`);
    return serve(blob, incoming, endpoint.reference);
  };
}
