import semver from "semver";
import { parse, stringify } from "yaml";
import * as z from "zod";
import { failure } from "../words/error.ts";
import type { ActionVersion } from "./versions.ts";

/** Where a project keeps newer versions of actions than Slipway knows of: beside its `slipway.yaml`. */
export const VERSIONS_FILE = "slipway.actions.yaml";

const HEADER = `# Written by \`slipway workflows update\`: actions that are newer than those Slipway came with.
# Keep this file with your sources. Workflows use these commits once \`slipway workflows\` has written them.
`;

const isRelease = (tag: string) => semver.valid(tag) !== null && semver.prerelease(tag) === null;

const fileSchema = z.record(
  z.string().regex(/^[\w.-]+\/[\w.-]+$/, "expected OWNER/NAME"),
  z.strictObject({
    version: z.string().refine(isRelease, "expected the tag of a release, such as v1.2.3"),
    commit: z.string().regex(/^[0-9a-f]{40}$/, "expected a commit of 40 hex digits"),
  }),
);

/**
 * Reads versions of actions, `OWNER/NAME: { version: v1.2.3, commit: … }` each, from YAML or JSON.
 * @param file what errors call it
 * @throws ACTION_VERSIONS_INVALID
 */
export function parseActionVersions(text: string, file: string): readonly ActionVersion[] {
  const read = fileSchema.safeParse(plain(text, file) ?? {});
  if (read.success) return Object.entries(read.data).map(([action, release]) => ({ action, ...release }));
  const [first] = read.error.issues;
  const issue = first?.code === "invalid_key" ? { ...first, message: first.issues[0]?.message } : first;
  const reason = [issue?.path.join(": ") ?? "", issue?.message ?? ""].filter((part) => part !== "").join(": ");
  throw failure("ACTION_VERSIONS_INVALID", { file, reason });
}

function plain(text: string, file: string): unknown {
  try {
    return parse(text, { schema: "failsafe" });
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
    throw failure("ACTION_VERSIONS_INVALID", { file, reason }, { cause });
  }
}

/** The text of {@link VERSIONS_FILE}. */
export function formatActionVersions(versions: readonly ActionVersion[]): string {
  const sorted = versions.toSorted((one, other) => (one.action < other.action ? -1 : 1));
  const entries = sorted.map(({ action, version, commit }) => [action, { version, commit }]);
  return HEADER + stringify(Object.fromEntries(entries));
}
