/** git's own way to write an ssh address. https://git-scm.com/docs/git-clone#_git_urls */
const SCP = /^(?:[^@/:]+@)?([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+):(.+)$/;

/**
 * Where people find what a git remote names: `git@github.com:o/r.git`, `ssh://git@github.com/o/r` and
 * `https://TOKEN@github.com/o/r.git` are `https://github.com/o/r`. User, password, query and fragment never come along.
 * Undefined for what is on no host: paths, bundles, aliases of ssh.
 */
export function webUrlOf(remote: string): string | undefined {
  if (URL.canParse(remote) && remote.includes("://")) {
    const { protocol, host, hostname, pathname } = new URL(remote);
    if (protocol === "https:" || protocol === "http:") return join(protocol, host, pathname);
    return /^(git|ssh|git\+ssh|ssh\+git):$/.test(protocol) && hostname !== ""
      ? join("https:", hostname, pathname)
      : undefined;
  }
  const [, host, path] = SCP.exec(remote) ?? [];
  if (host === undefined || path === undefined || path.startsWith("//")) return undefined;
  const url = `https://${host}/${path.replace(/^\/+/, "")}`;
  return URL.canParse(url) ? join("https:", host, new URL(url).pathname) : undefined;
}

function join(protocol: string, host: string, path: string): string {
  return `${protocol}//${host}${path.replace(/\/+$/, "").replace(/\.git$/, "")}`;
}
