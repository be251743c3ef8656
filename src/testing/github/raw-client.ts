import assert from "node:assert/strict";
import { z } from "zod";
import type { TestGitHub } from "./test-github.ts";

/** What every answer of the API may hold; the tests look at what they are about. */
const Body = z.looseObject({
  message: z.string().optional(),
  errors: z.array(z.unknown()).optional(),
  documentation_url: z.string().optional(),
  id: z.number().optional(),
  tag_name: z.string().optional(),
  name: z.string().nullish(),
});

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON object of the body; empty for all else. */
  readonly body: z.infer<typeof Body>;
  /** The JSON list of the body. */
  readonly list: readonly z.infer<typeof Body>[];
}

export interface RawRequest {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: the one that is known. `null`: none. */
  readonly token?: string | null;
}

/** Asks as any program could. @param path below the repository, or an absolute URL */
export async function ask(
  github: TestGitHub,
  method: string,
  path: string,
  request: RawRequest = {},
): Promise<RawAnswer> {
  const { owner, name } = github.repository;
  const url = URL.canParse(path) ? path : `${github.apiUrl}/repos/${owner}/${name}${path}`;
  const token = request.token === undefined ? github.token : request.token;
  const { body } = request;
  const answer = await fetch(url, {
    method,
    redirect: "manual",
    headers: { ...(token !== null && { authorization: `Bearer ${token}` }), "user-agent": "test", ...request.headers },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  const json = answer.headers.get("content-type")?.startsWith("application/json") ? JSON.parse(text) : {};
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    body: Array.isArray(json) ? {} : Body.parse(json),
    list: Array.isArray(json) ? json.map((item) => Body.parse(item)) : [],
  };
}

/** Creates a release and gives its number. */
export async function create(github: TestGitHub, body: Readonly<Record<string, unknown>>): Promise<number> {
  const answer = await ask(github, "POST", "/releases", { body });
  assert.equal(answer.status, 201, answer.text);
  return answer.body.id ?? 0;
}

export function upload(github: TestGitHub, release: number, query: string, content: string): Promise<RawAnswer> {
  const { owner, name } = github.repository;
  const url = `${github.uploadsUrl}/repos/${owner}/${name}/releases/${release}/assets?${query}`;
  return ask(github, "POST", url, { body: content, headers: { "content-type": "text/plain" } });
}
