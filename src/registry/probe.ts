import { SlipwayError } from "../words/error.ts";
import type { Call } from "./call.ts";
import { readErrorBody } from "./error-body.ts";
import type { Host } from "./host.ts";
import { inSession, openSession, type Session, type UploadPlace } from "./upload/session.ts";

/** What came of an upload that was opened to see whether one may be. `reason`: why the registry still has it. */
export type PushProbe =
  | { readonly pushes: true; readonly cancelled: true }
  | { readonly pushes: true; readonly cancelled: false; readonly reason: string };

const MAX_ERROR_BODY = 64 * 1024;

/**
 * Whether the credential may push: opens an upload, gives it nothing and cancels it. No blob and no tag comes of it. What
 * cannot be cancelled (not all registries can, and some want the right to delete for it) expires there.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#post-then-put
 * https://distribution.github.io/distribution/spec/api/#canceling-an-upload
 * @throws UNAUTHORIZED, DENIED, REPOSITORY_UNKNOWN where it has to be created first, QUOTA_EXCEEDED, and whatever keeps
 * the host from answering
 */
export async function probePush(host: Host, repository: string): Promise<PushProbe> {
  const place: UploadPlace = { host, repository, scopes: { [repository]: "push" }, signal: host.setup.signal };
  const session = await openSession(place);
  const reason = await cancel(place, session);
  return reason === undefined ? { pushes: true, cancelled: true } : { pushes: true, cancelled: false, reason };
}

/** @returns why it could not be cancelled; undefined once it is gone */
async function cancel(place: UploadPlace, { url }: Session): Promise<string | undefined> {
  const { host, repository } = place;
  if (url.origin !== host.setup.base.origin) return `its uploads go to ${url.host}`;
  const call: Call = {
    ...inSession(place),
    method: "DELETE",
    path: url,
    // Docker's registry counts it as deleting; whoever may only push gets a token for less
    scopes: { [repository]: "delete" },
    // a refusal is about deleting, and says nothing of the credential
    expect: [200, 202, 204, 400, 401, 403, 404, 405, 501],
    retry: false,
  };
  try {
    return await host.call(call, async (answer) => {
      if (answer.status < 300) return undefined;
      const { detail } = readErrorBody(await answer.bytes(MAX_ERROR_BODY).catch(() => Buffer.alloc(0)));
      return detail || `answer ${answer.status}`;
    });
  } catch (error) {
    place.signal?.throwIfAborted();
    if (!(error instanceof SlipwayError)) throw error;
    return String(error.facts.detail ?? error.message);
  }
}
