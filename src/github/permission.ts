/**
 * What X-Accepted-GitHub-Permissions asks for, as a workflow's `permissions:` would have it:
 * `contents=write; contents=write,workflows=write` → `contents: write`, the first set that would do.
 * https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#resource-not-accessible
 */
export function neededPermission(header: string | undefined): string {
  const [first = ""] = (header ?? "").split(";");
  const permissions = [...first.matchAll(/([a-z_]+)=([a-z]+)/g)];
  if (permissions.length === 0) return "more rights than it has";
  return permissions.map(([, name, level]) => `\`${name?.replaceAll("_", "-")}: ${level}\``).join(", ");
}
