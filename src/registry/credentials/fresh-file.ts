import { readFile, stat } from "node:fs/promises";

/**
 * A file that others may rewrite while we run: `read()` gives what `parse` makes of it, parsed again only when the
 * file has changed, and `undefined` while there is none.
 */
export class FreshFile<T> {
  readonly #path: string;
  readonly #parse: (text: string) => Promise<T>;
  #seen: { readonly version: string; readonly value: T } | undefined;

  constructor(path: string, parse: (text: string) => Promise<T>) {
    this.#path = path;
    this.#parse = parse;
  }

  /** @throws what the file system says other than "no such file", and what `parse` throws */
  async read(): Promise<T | undefined> {
    try {
      const { mtimeNs, size, ino } = await stat(this.#path, { bigint: true });
      const version = `${mtimeNs} ${size} ${ino}`;
      if (this.#seen?.version === version) return this.#seen.value;
      const value = await this.#parse(await readFile(this.#path, "utf8"));
      this.#seen = { version, value };
      return value;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
