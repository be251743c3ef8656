import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type * as z from "zod";
import type { Role } from "../../store/records.ts";
import { failure } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import type { Identity } from "../tokens/identity.ts";
import type { Api } from "./routes/api.ts";

/** What is known of a request by the time that its route sees it. */
export interface Env {
  /** Of Node's server; a test without one has none. */
  readonly Bindings: Partial<HttpBindings>;
  readonly Variables: {
    /** In the reader's language. */
    readonly words: Words;
    readonly identity: Identity | undefined;
    /** Of the route that answers; what a path holds besides may be secret. */
    readonly route: string;
    /** What the log says besides: no secrets. */
    readonly noted: Record<string, string | number>;
  };
}

export type Call = Context<Env>;

/** What an answer of a status holds. */
export interface Answer {
  readonly about: string;
  /** Left out: nothing. */
  readonly schema?: z.ZodType;
  /** `application/json`, unless it says otherwise. */
  readonly type?: string;
}

/** One operation of the API: what carries it out, and what the OpenAPI document says of it. */
export interface Route {
  readonly method: "get" | "post" | "delete";
  /** As Hono has it: `/api/v1/mirrors/:mirror`. */
  readonly path: string;
  /** `operator` for all that changes anything; `public`: anyone, unless `serve.private` says otherwise, then readers. */
  readonly access: "anyone" | "public" | Role;
  readonly about: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Those that are no errors. */
  readonly answers: Readonly<Record<number, Answer>>;
  handle(api: Api, call: Call): Response | Promise<Response>;
}

/** Who asks, of a route that is not for anyone. @throws API_TOKEN_REQUIRED */
export function identityOf(call: Call): Identity {
  if (call.var.identity === undefined) throw failure("API_TOKEN_REQUIRED", {});
  return call.var.identity;
}

/** A part of the path. */
export function named(call: Call, name: string): string {
  return call.req.param(name) ?? "";
}

/** The query, checked. @throws API_PARAMETER_INVALID */
export function queryOf<S extends z.ZodObject>(call: Call, schema: S): z.output<S> {
  const known = Object.keys(schema.shape);
  const given = Object.entries(call.req.query()).filter(([name]) => known.includes(name));
  const read = schema.safeParse(Object.fromEntries(given));
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw failure("API_PARAMETER_INVALID", { name: issue?.path.join(".") ?? "", reason: issue?.message ?? "" });
}

/** The body, checked; nothing at all counts as `{}`. @throws API_BODY_INVALID */
export async function bodyOf<S extends z.ZodType>(call: Call, schema: S): Promise<z.output<S>> {
  const text = await call.req.text();
  let value: unknown;
  try {
    value = text.trim() === "" ? {} : JSON.parse(text);
  } catch (cause) {
    throw failure("API_BODY_INVALID", { reason: "it is no JSON" }, { cause });
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? "" : `${issue.path.join(".")}: `;
  throw failure("API_BODY_INVALID", { reason: `${where}${issue?.message ?? ""}` });
}
