import type * as z from "zod";
import { Misread } from "./pushed.ts";

/** What is looked at of a body, by its schema. @throws Misread that names the place */
export function read<S extends z.ZodType>(body: unknown, schema: S): z.output<S> {
  const found = schema.safeParse(body);
  if (found.success) return found.data;
  const issue = found.error.issues[0];
  throw new Misread(`${issue?.path.join(".") || "the body"}: ${issue?.message ?? ""}`);
}

/** The host of `https://host/…` or `host/…`. */
export function hostIn(address: string): string {
  return (
    address
      .replace(/^https?:\/\//, "")
      .split("/")[0]
      ?.toLowerCase() ?? ""
  );
}
