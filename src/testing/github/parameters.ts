import { z } from "zod";
import type { AnyOperation } from "./operation.ts";
import { Problem } from "./problem.ts";

/** What is wrong with how something was asked, whether or not GitHub minds. */
export type Complain = (what: string) => void;

/** The query as its documentation has it. GitHub overlooks what it does not know; a test should not. */
export function readQuery(operation: AnyOperation, url: URL, complain: Complain): unknown {
  const given = Object.fromEntries(url.searchParams);
  const known = z.object(operation.query);
  const names = Object.keys(operation.query);
  for (const name of Object.keys(given)) if (!names.includes(name)) complain(`the query parameter ${name} is unknown`);
  const result = known.safeParse(given);
  if (result.success) return result.data;
  for (const issue of result.error.issues) complain(`the query parameter ${issue.path.join(".")}: ${issue.message}`);
  if (operation.id === "repos/upload-release-asset") throw new Problem(400, "Bad Request: missing name");
  return {};
}

/** The JSON body as its documentation has it. @throws Problem 400 or 422, in the words of GitHub's checks */
export function readBody(operation: AnyOperation, bytes: Buffer): unknown {
  const body = parseJson(bytes);
  const lines = z
    .strictObject(operation.body)
    .safeParse(body)
    .error?.issues.flatMap((issue) => linesOf(issue, body));
  if (lines === undefined) return body;
  throw new Problem(422, `Invalid request.\n\n${lines.join("\n")}`);
}

function parseJson(bytes: Buffer): object {
  if (bytes.byteLength === 0) return {};
  let body: unknown;
  try {
    body = JSON.parse(bytes.toString());
  } catch {
    throw new Problem(400, "Problems parsing JSON");
  }
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return body;
  throw new Problem(400, "Body should be a JSON object");
}

function linesOf(issue: z.core.$ZodIssue, body: object): readonly string[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => `"${key}" is not a permitted key.`);
  const name = issue.path.join("/");
  if (!(name in body)) return [`"${name}" wasn't supplied.`];
  const value = JSON.stringify(Object.entries(body).find(([key]) => key === name)?.[1]);
  const expected = issue.code === "invalid_type" ? `a ${issue.expected}` : "a possible value";
  return [`For 'properties/${name}', ${value} is not ${expected}.`];
}
