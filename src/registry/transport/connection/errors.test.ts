import assert from "node:assert/strict";
import { test } from "node:test";
import { errors as undici } from "undici";
import { type ErrorCode, failure } from "../../../words/error.ts";
import { mapConnectionError } from "./errors.ts";

const CONTEXT = {
  host: "ghcr.io",
  operation: "GET manifest",
  limits: { connections: 1, headersTimeout: 7_000, bodyTimeout: 9_000 },
};
const error = (code: string, facts: object = {}) => Object.assign(new Error(`words of ${code}`), { code, ...facts });

test("every code has its meaning, and only what may pass by itself is retryable", () => {
  const table: readonly (readonly [thrown: unknown, code: ErrorCode, retryable: boolean, reason?: string])[] = [
    [error("ENOTFOUND", { hostname: "ghcr.io" }), "HOST_UNKNOWN", false],
    [error("EAI_AGAIN"), "HOST_UNKNOWN", true],
    [
      error("ECONNREFUSED", { address: "10.0.0.1", port: 443 }),
      "HOST_UNREACHABLE",
      true,
      "connection refused (10.0.0.1 port 443)",
    ],
    [error("EHOSTUNREACH", { address: "10.0.0.1" }), "HOST_UNREACHABLE", true, "no route to the host (10.0.0.1)"],
    [error("ENETUNREACH"), "HOST_UNREACHABLE", true, "no route to its network"],
    [error("ETIMEDOUT", { syscall: "connect" }), "HOST_UNREACHABLE", true, "no answer to the attempt to connect"],
    [error("ETIMEDOUT", { syscall: "read" }), "CONNECTION_LOST", true, "the link is dead"],
    [new undici.ConnectTimeoutError("…"), "HOST_UNREACHABLE", true, "no connection within 10 s"],
    [new AggregateError([error("ECONNREFUSED"), error("ENETUNREACH")]), "HOST_UNREACHABLE", true, "connection refused"],
    [error("ECONNRESET"), "CONNECTION_LOST", true, "connection reset"],
    [error("EPIPE"), "CONNECTION_LOST", true, "it no longer reads"],
    [new undici.SocketError("other side closed"), "CONNECTION_LOST", true, "other side closed"],
    [new undici.ResponseContentLengthMismatchError(), "CONNECTION_LOST", true, "the answer ends before its length"],
    [error("DEPTH_ZERO_SELF_SIGNED_CERT"), "TLS_FAILED", false, "its certificate is self-signed"],
    [error("CERT_HAS_EXPIRED"), "TLS_FAILED", false, "its certificate has expired"],
    [error("CERT_REVOKED"), "TLS_FAILED", false, "words of CERT_REVOKED"],
    [error("ERR_TLS_CERT_ALTNAME_INVALID", { reason: "for a.io" }), "TLS_FAILED", false, "for a.io"],
    [error("ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", { reason: "old" }), "TLS_FAILED", false, "old"],
    [error("ERR_SSL_WRONG_VERSION_NUMBER"), "TLS_FAILED", false, "it does not speak TLS"],
    [
      new undici.RequestAbortedError("Proxy response (403) !== 200 when HTTP Tunneling"),
      "PROXY_REFUSED",
      false,
      "status 403",
    ],
    [
      new undici.RequestAbortedError("Proxy response (502) !== 200 when HTTP Tunneling"),
      "PROXY_REFUSED",
      true,
      "status 502",
    ],
    [new undici.InvalidArgumentError("Proxy Authentication Required (407)"), "PROXY_REFUSED", false, "status 407"],
    [error("HPE_INVALID_CONSTANT"), "ANSWER_INVALID", false, "words of HPE_INVALID_CONSTANT"],
    [new undici.HeadersOverflowError("too much"), "ANSWER_INVALID", false, "too much"],
    [new undici.RequestAbortedError(), "INTERRUPTED", false],
    [new undici.ClientDestroyedError(), "INTERRUPTED", false],
    [new DOMException("stop", "AbortError"), "INTERRUPTED", false],
    [new TypeError("a bug"), "UNEXPECTED", false, "a bug"],
    ["text", "UNEXPECTED", false, "text"],
  ];
  for (const [thrown, code, retryable, reason] of table) {
    const mapped = mapConnectionError(thrown, CONTEXT);
    assert.deepEqual([mapped.code, mapped.retryable, mapped.facts.reason], [code, retryable, reason], String(thrown));
  }
});

test("time-outs say how long was waited", () => {
  assert.equal(mapConnectionError(new undici.HeadersTimeoutError(), CONTEXT).facts.seconds, 7);
  assert.equal(mapConnectionError(new undici.BodyTimeoutError(), CONTEXT).facts.seconds, 9);
  assert.equal(mapConnectionError(new undici.BodyTimeoutError(), { host: "a", operation: "b" }).facts.seconds, 30);
});

test("a proxy's name that does not resolve is the one that is named", () => {
  assert.equal(mapConnectionError(error("ENOTFOUND", { hostname: "proxy.corp" }), CONTEXT).facts.host, "proxy.corp");
  const own = mapConnectionError(error("ENOTFOUND", { hostname: "reg.corp" }), { ...CONTEXT, host: "reg.corp:5000" });
  assert.equal(own.facts.host, "reg.corp:5000");
});

test("Slipway's own errors pass as they are", () => {
  const own = failure("ADDRESS_REFUSED", { host: "a", address: "127.0.0.1", kind: "loopback" });
  assert.equal(mapConnectionError(own, CONTEXT), own);
});
