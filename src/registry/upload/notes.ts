import { SlipwayError } from "../../words/error.ts";
import { type Session, sessionUrl, type Upload } from "./session.ts";

/** Less is sent again sooner than it is looked up. */
const WORTH_A_NOTE = 4 * 1024 * 1024;

/** The session that an earlier process has left half-written. How far it is, only the registry knows. */
export async function takeNote(upload: Upload): Promise<Session | undefined> {
  const { host, blob } = upload;
  const location = await notesFor(upload)?.take(keyOf(upload));
  if (location === undefined) return undefined;
  try {
    const session: Session = { url: sessionUrl(host, "GET", location), confirmed: 0, given: blob.size };
    await keepNote(upload, session);
    return session;
  } catch (error) {
    // the registry speaks TLS by now
    if (error instanceof SlipwayError && error.code === "ANSWER_INVALID") return undefined;
    throw error;
  }
}

/** Notes where the upload goes on, should this process end before it does. */
export async function keepNote(upload: Upload, { url }: Session): Promise<void> {
  await notesFor(upload)?.keep(keyOf(upload), url.href);
}

export async function forgetNote(upload: Upload): Promise<void> {
  await notesFor(upload)?.forget(keyOf(upload));
}

function notesFor({ host, blob }: Upload) {
  return blob.size < WORTH_A_NOTE ? undefined : host.setup.notes;
}

function keyOf({ host, repository, blob }: Upload): string {
  return `${host.name}/${repository}@${blob.digest}`;
}
