import { ACCEPTED_MANIFESTS } from "../../src/oci/index.ts";
import type { TestRegistry } from "../../src/testing/index.ts";

export interface DigestTable {
  readonly lines: readonly string[];
  /** Whether every tag that is at a destination stands for the source's digest, and there are some. */
  readonly equal: boolean;
}

/** Every tag and its digest at each registry, asked with nothing of Slipway in between. The first is the source. */
export async function digestTable(origins: readonly string[], source: TestRegistry): Promise<DigestTable> {
  const rows: (readonly string[])[] = [["image", ...origins.map((origin) => new URL(origin).host)]];
  let equal = true;
  let copied = 0;
  for (const repository of source.repositories()) {
    for (const tag of Object.keys(source.tags(repository)).sort()) {
      const [there, ...copies] = await Promise.all(origins.map((origin) => ask(origin, repository, tag)));
      const present = copies.filter((digest) => digest !== undefined);
      copied += present.length;
      equal &&=
        present.every((digest) => digest === there) && (present.length === 0 || present.length === copies.length);
      const name = `${repository}:${tag.length > 40 ? `${tag.slice(0, 14)}…${tag.slice(-4)}` : tag}`;
      rows.push([name, ...[there, ...copies].map((digest) => digest?.slice(0, 19) ?? "not chosen")]);
    }
  }
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd(),
  );
  return { lines, equal: equal && copied > 0 };
}

async function ask(origin: string, repository: string, tag: string): Promise<string | undefined> {
  const headers = { accept: ACCEPTED_MANIFESTS.join(", ") };
  const answer = await fetch(`${origin}/v2/${repository}/manifests/${tag}`, { method: "HEAD", headers });
  return answer.ok ? (answer.headers.get("docker-content-digest") ?? undefined) : undefined;
}
