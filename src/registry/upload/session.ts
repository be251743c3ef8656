import type { Descriptor } from "../../oci/descriptor.ts";
import type { Body } from "../../target/target.ts";
import { failure, SlipwayError } from "../../words/error.ts";
import type { Scopes } from "../auth/scope.ts";
import type { Call } from "../call.ts";
import type { Host } from "../host.ts";
import type { Answer } from "../transport/exchange.ts";

/** Where an upload goes, and by what right. */
export interface UploadPlace {
  readonly host: Host;
  readonly repository: string;
  readonly scopes: Scopes;
  readonly signal: AbortSignal | undefined;
}

/** One blob on its way into one repository. */
export interface Upload extends UploadPlace {
  readonly blob: Descriptor;
  readonly body: Body;
}

/** A registry's memory of an upload, as far as it is known. */
export interface Session {
  /** Where the upload goes on, as the registry last said. */
  url: URL;
  /** Bytes that the registry has said it has. */
  confirmed: number;
  /** Bytes that were given to it; it cannot have more. */
  given: number;
}

/** Asks for a session. https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#post-then-put */
export function openSession(place: UploadPlace): Promise<Session> {
  return post(place, "", [202], async (session) => session());
}

/**
 * Asks for the blob of another repository, and gets it, or a session.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#mounting-a-blob-from-another-repository
 */
export function mountOrOpen(upload: Upload, from: string): Promise<Session | "mounted"> {
  const query = `?mount=${upload.blob.digest}&from=${encodeURIComponent(from)}`;
  return post(upload, query, [201, 202], async (session, status) => (status === 201 ? "mounted" : session()));
}

function post<T>(
  place: UploadPlace,
  query: string,
  expect: Call["expect"],
  use: (session: () => Session, status: number) => Promise<T>,
): Promise<T> {
  const { host } = place;
  const path = `/v2/${place.repository}/blobs/uploads/${query}`;
  const call: Call = { ...inSession(place), method: "POST", path, expect };
  const session = (answer: Answer): Session => ({
    url: sessionUrl(host, `POST ${path.split("?")[0]}`, answer.header("location")),
    confirmed: 0,
    given: 0,
  });
  return host.call(call, (answer) => use(() => session(answer), answer.status));
}

/**
 * Asks a session how far it is. Of what the registry says, no more is believed than was given to it, and no less than it
 * has confirmed: the Range of some (ECR) lags behind.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-a-blob-in-chunks
 * @returns bytes; undefined where there is no such session any more, no way to ask, or no answer
 */
export async function offsetOf(upload: Upload, session: Session): Promise<number | undefined> {
  const { host } = upload;
  const call: Call = { ...inSession(upload), method: "GET", path: session.url, expect: [200, 202, 204] };
  try {
    return await host.call(call, async (answer) => {
      follow(upload, session, answer);
      const [, last = "0"] = /^(?:bytes=)?0-(\d+)$/.exec(answer.header("range") ?? "") ?? [];
      const said = last === "0" ? 0 : Number(last) + 1;
      return said > session.given ? undefined : Math.max(said, session.confirmed);
    });
  } catch (error) {
    if (error instanceof SlipwayError && (!error.retryable || error.code === "TIMED_OUT")) return undefined;
    throw error;
  }
}

/** Notes where an answer says that the upload goes on. */
export function follow({ host }: Upload, session: Session, answer: Answer): void {
  const location = answer.header("location");
  if (location !== undefined) session.url = sessionUrl(host, `PATCH ${session.url.pathname}`, location);
}

/** What all requests of an upload share. */
export function inSession({ repository, scopes, signal }: UploadPlace): Pick<Call, "repository" | "scopes" | "signal"> {
  return { repository, scopes, ...(signal !== undefined && { signal }) };
}

/**
 * Where an upload goes on. Credentials go with it only to the registry itself.
 * @throws ANSWER_INVALID where it leaves TLS
 */
export function sessionUrl(host: Host, operation: string, location = ""): URL {
  const { base } = host.setup;
  const invalid = (reason: string) => failure("ANSWER_INVALID", { host: host.name, operation, reason });
  if (location === "" || !URL.canParse(location, base.href)) throw invalid("it does not say where the upload goes on");
  const url = new URL(location, base);
  // behind a proxy that ends TLS many registries say http:// of themselves
  if (base.protocol === "https:" && url.protocol === "http:") {
    if (url.hostname !== base.hostname) throw invalid("it sends the upload to plain HTTP");
    url.protocol = "https:";
    url.port = base.port;
  }
  return Object.assign(url, { username: "", password: "" });
}

/** The session's own query is kept: it is the server's memory. */
export function withDigest(session: URL, blob: Descriptor): URL {
  const url = new URL(session);
  url.searchParams.set("digest", blob.digest);
  return url;
}
