import type { Incoming } from "./answer.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Action } from "./options.ts";

/** A right on one thing. https://distribution.github.io/distribution/spec/auth/scope/ */
export interface Access {
  readonly type: "repository" | "registry";
  readonly name: string;
  readonly actions: readonly Action[];
}

/** What a request needs. Docker's registry asks the same. */
export function neededFor(endpoint: Endpoint, incoming: Incoming): readonly Access[] {
  if (endpoint.kind === "catalog") return [{ type: "registry", name: "catalog", actions: ["*"] }];
  if (!("repository" in endpoint)) return [];
  const own: Access = { type: "repository", name: endpoint.repository, actions: actionsOf(incoming.method) };
  const from = incoming.url.searchParams.get("from");
  if (endpoint.kind !== "mount" || from === null) return [own];
  return [own, { type: "repository", name: from, actions: ["pull"] }];
}

function actionsOf(method: string): readonly Action[] {
  if (method === "GET" || method === "HEAD") return ["pull"];
  return method === "DELETE" ? ["delete"] : ["pull", "push"];
}

/** `repository:library/busybox:pull,push` */
export function formatScope(access: Access): string {
  return `${access.type}:${access.name}:${access.actions.join(",")}`;
}

/** Scopes as a token server is asked for them; what is not understood is left out, as it grants nothing. */
export function parseScopes(scopes: readonly string[]): readonly Access[] {
  return scopes.flatMap((text): readonly Access[] => {
    const [, type, name, actions] = /^(repository|registry):(.+):([^:]+)$/.exec(text) ?? [];
    if ((type !== "repository" && type !== "registry") || name === undefined || actions === undefined) return [];
    return [{ type, name, actions: actions.split(",").filter(isAction) }];
  });
}

function isAction(text: string): text is Action {
  return text === "pull" || text === "push" || text === "delete" || text === "*" || text === "metadata_read";
}

/** Whether rights that were given cover one that is needed. */
export function covers(given: readonly Access[], needed: Access): boolean {
  return needed.actions.every((action) =>
    given.some(
      (access) =>
        access.type === needed.type &&
        access.name === needed.name &&
        (access.actions.includes(action) || access.actions.includes("*")),
    ),
  );
}
