import pg from "pg";
import { failure } from "../../words/error.ts";

/** Connections of one process, besides one that listens and the queue's two. */
const CONNECTIONS = 10;
const CONNECT_MILLISECONDS = 5000;
/** A server that is gone without a word. */
const ANSWER_MILLISECONDS = 30_000;
/** A worker that is stopped in the middle of a transaction holds up its mirror for no longer. */
const IDLE_MILLISECONDS = 10_000;

/** How one PostgreSQL is spoken to. */
export interface Address {
  readonly options: pg.ClientConfig;
  /** `PostgreSQL at 10.0.0.7:5432/slipway`, without secrets. */
  readonly name: string;
}

/**
 * @param url `postgres://user:password@host:port/database?sslmode=require`
 * @throws STORE_URL_INVALID
 */
export function parseAddress(url: string): Address {
  if (!/^postgres(?:ql)?:\/\//.test(url)) throw failure("STORE_URL_INVALID", {});
  const options = {
    connectionString: url,
    application_name: "slipway",
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    query_timeout: ANSWER_MILLISECONDS,
    idle_in_transaction_session_timeout: IDLE_MILLISECONDS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: { getTypeParser },
  };
  try {
    const { host, port, database } = new pg.Client(options);
    return { options, name: `PostgreSQL at ${host}:${port}/${database}` };
  } catch {
    throw failure("STORE_URL_INVALID", {}); // without the cause: it quotes the address, and that has the password
  }
}

/** Connections that come back by themselves when the server does. */
export function makePool(address: Address): pg.Pool {
  const pool = new pg.Pool({ ...address.options, max: CONNECTIONS });
  // Whoever uses a connection that breaks is told by the query. `pg` tells by an event as well, on the pool where nobody
  // uses it and on the client where somebody does; without a listener that ends the process.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

const INT8 = 20;

/** Whole numbers of 64 bits come as text by default: ours are instants, bytes and counts, far below 2^53. */
function getTypeParser(type: number, format?: "text" | "binary") {
  return type === INT8 ? Number : pg.types.getTypeParser(type, format);
}
