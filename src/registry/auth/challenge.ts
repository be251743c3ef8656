/** What a registry wants to see before it answers. https://distribution.github.io/distribution/spec/auth/token/ */
export type Challenge =
  | { readonly scheme: "basic" }
  | { readonly scheme: "bearer"; readonly realm: string; readonly service?: string; readonly scope?: string };

const PARAMETER = /([a-zA-Z_]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g;

/**
 * Reads WWW-Authenticate; Bearer wins where both are offered, unknown schemes are passed over.
 * https://www.rfc-editor.org/rfc/rfc9110#name-www-authenticate
 */
export function parseChallenge(header: string | undefined): Challenge | undefined {
  if (header === undefined) return undefined;
  const bearer = /(?:^|,)\s*bearer\s+(.*)$/i.exec(header);
  if (bearer !== null) {
    const parameters = new Map<string, string>();
    for (const [, name = "", quoted, bare] of (bearer[1] ?? "").matchAll(PARAMETER)) {
      if (!parameters.has(name.toLowerCase())) {
        parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, "$1") ?? bare ?? "");
      }
    }
    const realm = parameters.get("realm");
    if (realm !== undefined) {
      const service = parameters.get("service");
      const scope = parameters.get("scope");
      return {
        scheme: "bearer",
        realm,
        ...(service !== undefined && { service }),
        ...(scope !== undefined && { scope }),
      };
    }
  }
  return /(?:^|,)\s*basic(?:\s|,|$)/i.test(header) ? { scheme: "basic" } : undefined;
}
