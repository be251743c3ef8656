import { failure } from "../../words/error.ts";

/** Linux gives up after as many. */
const MOST_LINKS = 40;

/**
 * The folders and symbolic links of an image's file system, as its layers up to now have made them. A layer must know
 * them: where `/bin` is a link to `usr/bin`, a folder `bin` in a further layer would take the link's place, and with it
 * every program away; where `/tmp` is open to all, the same folder with usual rights would close it.
 *
 * Paths are relative to the root, with `/`; the root is `""`.
 */
export class ImagePaths {
  /** The link's target, or undefined for a folder. */
  readonly #known: Map<string, string | undefined>;

  constructor(known: Iterable<readonly [string, string | undefined]> = []) {
    this.#known = new Map(known);
  }

  copy(): ImagePaths {
    return new ImagePaths(this.#known);
  }

  hasFolder(path: string): boolean {
    return path === "" || (this.#known.has(path) && this.#known.get(path) === undefined);
  }

  /** A folder, and with it those that it is in. */
  addFolder(path: string): void {
    for (let at = path; !this.hasFolder(at); at = parentOf(at)) this.#known.set(at, undefined);
  }

  addLink(path: string, target: string): void {
    this.remove(path);
    this.addFolder(parentOf(path));
    this.#known.set(path, target);
  }

  /** Takes a path away, with all below it: something else is there now, or nothing. */
  remove(path: string): void {
    if (!this.#known.delete(path)) return;
    this.clear(path);
  }

  /** Takes all away that is below a folder. */
  clear(path: string): void {
    const start = path === "" ? "" : `${path}/`;
    for (const known of this.#known.keys()) if (known.startsWith(start)) this.#known.delete(known);
  }

  /**
   * Where a path leads when every link on the way is followed, as a container would.
   * @throws LAYER_PATH_INVALID for links that lead in a circle
   */
  resolve(path: string): string {
    const rest = partsOf(path);
    let at = "";
    for (let links = 0, part = rest.shift(); part !== undefined; part = rest.shift()) {
      if (part === ".") continue;
      if (part === "..") {
        at = parentOf(at);
        continue;
      }
      const next = at === "" ? part : `${at}/${part}`;
      const target = this.#known.get(next);
      if (target === undefined) {
        at = next;
        continue;
      }
      links += 1;
      if (links > MOST_LINKS) {
        throw failure("LAYER_PATH_INVALID", { path: `/${path}`, reason: "links in the image lead in a circle" });
      }
      if (target.startsWith("/")) at = "";
      rest.unshift(...partsOf(target));
    }
    return at;
  }
}

function partsOf(path: string): string[] {
  return path.split("/").filter((part) => part !== "");
}

export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
