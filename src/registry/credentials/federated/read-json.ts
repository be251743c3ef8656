import type * as z from "zod";

/** Reads JSON of a shape. @throws Error that names the place and never what is written there */
export function readJson<S extends z.ZodType>(schema: S, text: string): z.output<S> {
  const result = schema.safeParse(parsed(text));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Error(`${issue?.path.join(".") || "the answer"}: ${issue?.code ?? "invalid"}`);
}

/** The same for an error's body, where anything may come; undefined when it is not of the shape. */
export function tryJson<S extends z.ZodType>(schema: S, text: string): z.output<S> | undefined {
  try {
    return readJson(schema, text);
  } catch {
    return undefined;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("it is not JSON");
  }
}
