import { type Digest, isDigest } from "../oci/digest.ts";

/** One line of the table of images: where it is, under which digest. */
export interface ImageLine {
  /** The repository, in full: `docker.io/newbe36524/hagicode`. */
  readonly repository: string;
  readonly digest: Digest;
}

const BEGIN = "<!-- slipway:images -->";
const END = "<!-- /slipway:images -->";

/**
 * The part of a release's text that Slipway keeps: each repository with what to pull, by digest. Always between the
 * same two comments, so that it is found and renewed in a text that people have edited.
 */
export function imageTable(version: string, lines: readonly ImageLine[]): string {
  const rows = lines.map(({ repository, digest }) => `| \`${repository}:${version}\` | \`${repository}@${digest}\` |`);
  return [BEGIN, "| image | by digest |", "|---|---|", ...rows, END].join("\n");
}

/** A release's text without the table. */
export function withoutTable(body: string): string {
  const begin = body.indexOf(BEGIN);
  const end = body.indexOf(END);
  if (begin < 0 || end < begin) return body.trim();
  return `${body.slice(0, begin).trim()}\n\n${body.slice(end + END.length).trim()}`.trim();
}

/** The table as it stands in a release's text; undefined where there is none. */
export function tableIn(body: string): string | undefined {
  const begin = body.indexOf(BEGIN);
  const end = body.indexOf(END);
  return begin < 0 || end < begin ? undefined : body.slice(begin, end + END.length);
}

/** The digests that a release's text names, by repository: what was true when it was published. */
export function digestsIn(body: string): ReadonlyMap<string, Digest> {
  const named = (tableIn(body) ?? "").matchAll(/`([^`@\s]+)@(sha(?:256|512):[0-9a-f]+)`/g);
  return new Map(
    [...named].flatMap(([, repository = "", digest = ""]) => (isDigest(digest) ? [[repository, digest] as const] : [])),
  );
}
