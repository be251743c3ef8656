import { failure, SlipwayError } from "../words/error.ts";

/**
 * What a database said, as an error of ours. Where it could not be asked, or gave up for a reason that goes away, the
 * same call may be made again: whether the one that failed had an effect is not known, and every call bears that.
 * @param where the database, without secrets
 */
export function storeFailure(thrown: unknown, where: string): SlipwayError {
  if (thrown instanceof SlipwayError) return thrown;
  const reason = reasonOf(thrown);
  if (isUnreachable(thrown)) return failure("STORE_UNREACHABLE", { where, reason }, { cause: thrown, retryable: true });
  return failure("STORE_FAILED", { where, reason }, { cause: thrown, retryable: isPassing(thrown) });
}

/** Whether PostgreSQL undid a transaction because of others, so that the same again may go through. */
export function isConflict(thrown: unknown): boolean {
  return ["40001", "40P01"].includes(codeOf(thrown));
}

function reasonOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.message === "") return thrown.errors.map(reasonOf).join("; ");
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Node's code of a connection, or PostgreSQL's SQLSTATE. */
function codeOf(thrown: unknown): string {
  if (typeof thrown !== "object" || thrown === null || !("code" in thrown)) return "";
  return typeof thrown.code === "string" ? thrown.code : "";
}

/** `pg` names neither with a code. */
const CONNECTION_MESSAGES =
  /^(?:connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|client was closed|cannot use a pool after|postgres connection has been discarded|query read timeout)/i;

/** https://www.postgresql.org/docs/current/errcodes-appendix.html: 08 connections, 57P shutting down, 53300 too many. */
const CONNECTION_STATES = /^(?:08\w{3}|57P0[1-5]|53300)$/;

/** Node's: https://nodejs.org/api/errors.html#common-system-errors */
const CONNECTION_CODES = /^(?:ECONN\w+|EPIPE|ETIMEDOUT|EHOST\w+|ENET\w+|ENOTFOUND|EAI_AGAIN|EADDRNOTAVAIL)$/;

function isUnreachable(thrown: unknown): boolean {
  if (thrown instanceof AggregateError) return thrown.errors.every(isUnreachable);
  const code = codeOf(thrown);
  if (CONNECTION_CODES.test(code) || CONNECTION_STATES.test(code) || CONNECTION_MESSAGES.test(reasonOf(thrown)))
    return true;
  return thrown instanceof Error && "syscall" in thrown && thrown.syscall === "connect"; // a socket that is no more
}

/** https://www.sqlite.org/rescode.html: 5 busy, 10 I/O, 13 full. PostgreSQL: 53 out of resources, 55P03 a lock, 57014 a time limit. */
function isPassing(thrown: unknown): boolean {
  if (isConflict(thrown) || /^(?:53\w{3}|55P03|57014|25P03)$/.test(codeOf(thrown))) return true;
  if (typeof thrown !== "object" || thrown === null || !("errcode" in thrown)) return false;
  return typeof thrown.errcode === "number" && [5, 10, 13].includes(thrown.errcode & 0xff);
}
