import { randomUUID } from "node:crypto";
import { isDigest } from "../../oci/digest.ts";
import type { Answer, Incoming } from "./answer.ts";
import { checkDigest, checkName, unsupported } from "./checks.ts";
import type { IncomingBlob } from "./content.ts";
import { Problem } from "./problem.ts";
import type { State } from "./state.ts";

/** A session. https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-blobs */
export interface Upload {
  readonly id: string;
  readonly repository: string;
  readonly blob: IncomingBlob;
  /** The request that has the session, if one does; the next waits for it. */
  turn: Promise<unknown>;
}

/** Requests to `/blobs/uploads/` and to a session below it. */
export async function uploads(state: State, incoming: Incoming, repository: string, id: string): Promise<Answer> {
  checkName(repository);
  if (id === "") return incoming.method === "POST" ? begin(state, incoming, repository) : unsupported(incoming.method);
  const upload = state.uploads.get(id);
  if (upload?.repository !== repository) throw unknownUpload(id);
  const answer = upload.turn.then(() => {
    if (!state.uploads.has(id)) throw unknownUpload(id);
    return inSession(state, incoming, upload);
  });
  upload.turn = answer.catch(() => undefined);
  return answer;
}

function unknownUpload(id: string): Problem {
  return new Problem(404, "BLOB_UPLOAD_UNKNOWN", `there is no upload ${id}`);
}

async function begin(state: State, incoming: Incoming, repository: string): Promise<Answer> {
  const query = incoming.url.searchParams;
  const mount = query.get("mount");
  const from = query.get("from");
  if (mount !== null && from !== null && isDigest(mount) && state.content.repositories.get(from)?.blobs.has(mount)) {
    state.content.create(repository).blobs.add(mount);
    return created(state, repository, mount);
  }
  const monolithic = query.get("digest");
  const digest = monolithic === null ? undefined : checkDigest(monolithic);
  const upload = { id: randomUUID(), repository, blob: await state.content.incoming(), turn: Promise.resolve() };
  state.uploads.set(upload.id, upload);
  if (digest === undefined) return accepted(state, upload, 202);
  await receive(state, incoming, upload);
  return finish(state, upload, digest);
}

function inSession(state: State, incoming: Incoming, upload: Upload): Promise<Answer> | Answer {
  switch (incoming.method) {
    case "GET":
      return accepted(state, upload, 204);
    case "PATCH":
      return patch(state, incoming, upload);
    case "PUT":
      return put(state, incoming, upload);
    case "DELETE":
      return state.options.cancelsUploads === false ? unsupported("DELETE") : cancel(state, upload);
    default:
      return unsupported(incoming.method);
  }
}

async function patch(state: State, incoming: Incoming, upload: Upload): Promise<Answer> {
  checkState(incoming, upload);
  checkOffset(state, incoming, upload);
  await receive(state, incoming, upload);
  return accepted(state, upload, 202);
}

async function put(state: State, incoming: Incoming, upload: Upload): Promise<Answer> {
  checkState(incoming, upload);
  const digest = checkDigest(incoming.url.searchParams.get("digest"));
  checkOffset(state, incoming, upload);
  await receive(state, incoming, upload);
  return finish(state, upload, digest);
}

async function cancel(state: State, upload: Upload): Promise<Answer> {
  state.uploads.delete(upload.id);
  await upload.blob.discard();
  return { status: 204 };
}

/** The Location of the answer before must be the one that is used, with its query. */
function checkState(incoming: Incoming, upload: Upload): void {
  if (incoming.url.searchParams.get("_state") === stateOf(upload)) return;
  throw new Problem(404, "BLOB_UPLOAD_INVALID", "this is not the Location of the last answer");
}

function stateOf(upload: Upload): string {
  return Buffer.from(`${upload.id}:${upload.blob.size}`).toString("base64url");
}

/** @throws RANGE_INVALID with 416 when a chunk does not begin where the last one ended */
function checkOffset(state: State, incoming: Incoming, upload: Upload): void {
  const header = incoming.headers["content-range"];
  if (header === undefined) return;
  const [, first, last] = /^(\d+)-(\d+)$/.exec(header) ?? [];
  const length = incoming.headers["content-length"];
  if (first === undefined || last === undefined) {
    throw new Problem(400, "BLOB_UPLOAD_INVALID", `Content-Range ${header} is not <start>-<end>`);
  }
  if (Number(first) !== upload.blob.size) {
    const { headers } = accepted(state, upload, 416);
    throw new Problem(416, "RANGE_INVALID", `the next byte is ${upload.blob.size}, not ${first}`, headers);
  }
  if (length !== undefined && Number(length) !== Number(last) - Number(first) + 1) {
    throw new Problem(400, "SIZE_INVALID", `Content-Length ${length} does not fit Content-Range ${header}`);
  }
}

/** Takes the body in. What came before a cut stays, unless the test wants the other kind of registry. */
async function receive(state: State, incoming: Incoming, upload: Upload): Promise<void> {
  try {
    for await (const chunk of incoming.body()) {
      const full = upload.blob.write(chunk);
      if (full !== undefined) await full;
    }
  } catch (cut) {
    if (state.options.cutUploads === "forget") await cancel(state, upload);
    throw cut;
  }
}

async function finish(state: State, upload: Upload, digest: ReturnType<typeof checkDigest>): Promise<Answer> {
  state.uploads.delete(upload.id);
  await state.content.keep(upload.repository, upload.blob, digest);
  return created(state, upload.repository, digest);
}

function created(state: State, repository: string, digest: string): Answer {
  const location = `${locationBase(state)}/v2/${repository}/blobs/${digest}`;
  return { status: 201, headers: { location, "docker-content-digest": digest } };
}

function accepted(
  state: State,
  upload: Upload,
  status: number,
): Answer & { headers: Readonly<Record<string, string>> } {
  const path = `/v2/${upload.repository}/blobs/uploads/${upload.id}?_state=${stateOf(upload)}`;
  return {
    status,
    headers: {
      location: `${locationBase(state)}${path}`,
      range: `0-${Math.max(0, upload.blob.size - 1)}`,
      "docker-upload-uuid": upload.id,
    },
  };
}

function locationBase(state: State): string {
  return state.options.locations === "absolute" ? state.origin : "";
}
