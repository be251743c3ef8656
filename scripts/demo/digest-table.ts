import { ACCEPTED_MANIFESTS } from "../../src/oci/index.ts";

export interface DigestTable {
  readonly lines: readonly string[];
  /** Whether each tag stands for one digest, and that at every place, and there are tags. */
  readonly equal: boolean;
}

/** A repository at a registry: `http://127.0.0.1:5000` and `hagicode`. */
export interface Place {
  readonly origin: string;
  readonly repository: string;
}

/** Every tag of the first place and its digest at each, asked with nothing of Slipway in between. */
export async function digestTable(places: readonly Place[], tags: readonly string[]): Promise<DigestTable> {
  const head = ["tag", ...places.map(({ origin, repository }) => `${new URL(origin).host}/${repository}`)];
  const answers = await Promise.all(
    tags.map(async (tag) => ({ tag, digests: await Promise.all(places.map((place) => ask(place, tag))) })),
  );
  const equal = answers.every(({ digests: [first, ...others] }) => first !== undefined && others.every(isLike(first)));
  const rows = [head, ...answers.map(({ tag, digests }) => [tag, ...digests.map((one) => one?.slice(0, 19) ?? "–")])];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd(),
  );
  return { lines, equal: equal && tags.length > 0 };
}

function isLike(first: string): (other: string | undefined) => boolean {
  return (other) => other === first;
}

async function ask({ origin, repository }: Place, tag: string): Promise<string | undefined> {
  const headers = { accept: ACCEPTED_MANIFESTS.join(", ") };
  const answer = await fetch(`${origin}/v2/${repository}/manifests/${tag}`, { method: "HEAD", headers });
  return answer.ok ? (answer.headers.get("docker-content-digest") ?? undefined) : undefined;
}
