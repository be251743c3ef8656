import { readFile } from "node:fs/promises";
import * as z from "zod";

const failureShape = z.object({ code: z.string(), message: z.string(), hint: z.string() });

/** As much as the Action tells of the reports that `docs/report.md` describes; other commands' have none of it. */
const reportShape = z.object({
  command: z.string(),
  url: z.string().optional(),
  image: z
    .object({
      version: z.string().optional(),
      digest: z.string().optional(),
      tags: z.array(z.string()),
      floatingTags: z.array(z.string()),
    })
    .optional(),
  steps: z
    .array(
      z.object({
        step: z.string(),
        subject: z.string().optional(),
        status: z.enum(["done", "skipped", "failed"]),
        remark: z.string().optional(),
        error: failureShape.optional(),
        tolerated: z.boolean().optional(),
      }),
    )
    .default([]),
  outcomes: z
    .array(
      z.object({
        destination: z.string(),
        status: z.enum(["copied", "skipped", "failed", "removed"]),
        digest: z.string().optional(),
        error: failureShape.optional(),
      }),
    )
    .default([]),
  differences: z
    .array(z.object({ kind: z.string(), source: z.string().optional(), destination: z.string() }))
    .default([]),
  problems: z.array(z.object({ where: z.string(), text: z.string(), repair: z.string().optional() })).default([]),
  plan: z.unknown().optional(),
  errors: z.array(failureShape).default([]),
});

/** What a command has left behind. */
export type RunReport = Readonly<z.infer<typeof reportShape>>;

/** Reads a report; undefined where there is none, or one of another form. */
export async function readRunReport(file: string): Promise<RunReport | undefined> {
  try {
    return reportShape.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return undefined;
  }
}
