/** A path within the folder, `a/b`; "" is the folder itself. */
export type SafePath = { readonly kind: "safe"; readonly path: string };
export type UnsafePath = { readonly kind: "unsafe"; readonly reason: string };

/**
 * An entry's name as a path that stays in the folder, whatever the system that unpacks it: no `..`, no root, no drive,
 * no backslash (a separator on Windows), no NUL (the end of a name to the system).
 */
export function safePath(name: string): SafePath | UnsafePath {
  const segments = segmentsOf(name);
  const reason = whyUnsafe(name, segments);
  if (reason !== undefined) return { kind: "unsafe", reason };
  if (segments.includes("..")) return { kind: "unsafe", reason: "leads out of the folder with .." };
  return { kind: "safe", path: segments.join("/") };
}

/**
 * Whether a symbolic link stays in the folder. It may go up only where it begins: behind a name, `..` could start from
 * wherever another link leads. With every link like that, each begins in a real folder, goes up no further than the
 * root, and then only down, over other such links at most.
 * @param path of the link, safe
 * @param target relative to the link's folder
 * @returns why it does not; undefined where it does
 */
export function whyLinkLeaves(path: string, target: string): string | undefined {
  if (target === "") return "is a link to nothing";
  const segments = segmentsOf(target);
  const reason = whyUnsafe(target, segments);
  if (reason !== undefined) return `is a link whose target ${reason}`;
  const firstName = segments.findIndex((segment) => segment !== "..");
  const ups = firstName === -1 ? segments.length : firstName;
  if (segments.indexOf("..", ups) !== -1) return "is a link that goes up behind a name";
  return ups > path.split("/").length - 1 ? "is a link out of the folder" : undefined;
}

function whyUnsafe(name: string, [first = ""]: readonly string[]): string | undefined {
  if (name.includes("\0")) return "has a NUL in it";
  if (name.includes("\\")) return "has a backslash in it";
  if (name.startsWith("/")) return "is an absolute path";
  return /^[A-Za-z]:/.test(first) ? "begins with a drive letter" : undefined;
}

function segmentsOf(name: string): readonly string[] {
  return name.split("/").filter((segment) => segment !== "" && segment !== ".");
}
