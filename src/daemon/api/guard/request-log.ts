import type { SlipwayError } from "../../../words/error.ts";
import type { Logbook } from "../../log/logbook.ts";
import type { Call } from "../route.ts";

const METHODS: readonly string[] = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

/**
 * What was asked for, as lines and as counts. Neither addresses as they came nor what was sent are in it: both may hold
 * secrets, such as a webhook's token. Routes are, and who asked.
 */
export class RequestLog {
  readonly requests = new Map<string, { method: string; status: string; count: number }>();
  readonly #log: Logbook;

  constructor(log: Logbook) {
    this.#log = log;
  }

  /** @param took milliseconds */
  answered(call: Call, took: number): void {
    const { status } = call.res;
    this.#count(call.req.method, `${Math.floor(status / 100)}xx`);
    const by = call.var.identity?.name;
    const { route, noted } = call.var;
    const facts = {
      method: call.req.method,
      route,
      status,
      ms: Math.round(took),
      ...(by !== undefined && { by }),
      ...noted,
    };
    this.#log[status < 400 && isReading(call) ? "debug" : "info"]("request", facts);
  }

  /** An answer that is our fault. */
  failed(call: Call, error: SlipwayError): void {
    this.#log.failed("request-failed", error, { method: call.req.method, route: call.var.route });
  }

  #count(method: string, status: string): void {
    const known = METHODS.includes(method) ? method : "other";
    const key = `${known} ${status}`;
    const counted = this.requests.get(key) ?? { method: known, status, count: 0 };
    counted.count += 1;
    this.requests.set(key, counted);
  }
}

/** What pages and machines do all the time, and changes nothing. */
function isReading(call: Call): boolean {
  return call.req.method === "GET" || call.req.method === "HEAD";
}
