import type { Descriptor } from "../oci/descriptor.ts";
import type { Body } from "../target/target.ts";
import { failure } from "../words/error.ts";
import type { Scopes } from "./auth/scope.ts";
import type { Host } from "./host.ts";
import type { Answer } from "./transport/exchange.ts";

/** One blob on its way into one repository. */
export interface Upload {
  readonly host: Host;
  readonly repository: string;
  readonly blob: Descriptor;
  readonly body: Body;
  readonly scopes: Scopes;
  readonly signal: AbortSignal | undefined;
}

/**
 * Where an upload goes on, as the registry last said. Credentials go with it only to the registry itself.
 * @throws ANSWER_INVALID where it leaves TLS
 */
export function sessionUrl(host: Host, operation: string, answer: Answer): URL {
  const location = answer.header("location") ?? "";
  const invalid = (reason: string) =>
    failure("ANSWER_INVALID", { host: host.name, operation: `POST ${operation.split("?")[0]}`, reason });
  if (location === "" || !URL.canParse(location, host.setup.base.href))
    throw invalid("it does not say where the upload goes on");
  const url = new URL(location, host.setup.base);
  // behind a proxy that ends TLS many registries say http:// of themselves
  if (host.setup.base.protocol === "https:" && url.protocol === "http:") {
    if (url.hostname !== host.setup.base.hostname) throw invalid("it sends the upload to plain HTTP");
    url.protocol = "https:";
    url.port = host.setup.base.port;
  }
  return url;
}

/** The session's own query is kept: it is the server's memory. */
export function withDigest(session: URL, blob: Descriptor): URL {
  const url = new URL(session);
  url.searchParams.set("digest", blob.digest);
  return url;
}
