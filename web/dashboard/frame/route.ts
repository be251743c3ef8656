/** Where in the dashboard somebody is: what stands behind the `#`, so that any file server can give the page. */
export type Route =
  | { readonly page: "overview" }
  | { readonly page: "mirror"; readonly name: string }
  | { readonly page: "run"; readonly id: string }
  | { readonly page: "deliveries" }
  | { readonly page: "settings" }
  | { readonly page: "unknown" };

/** `#/runs/0190…` → the page of that run. */
export function parseRoute(hash: string): Route {
  const [path = ""] = hash.replace(/^#?\/?/, "").split("?");
  const [first, second, ...others] = path.split("/");
  if (others.length > 0) return { page: "unknown" };
  const name = second === undefined ? undefined : decoded(second);
  if (first === "" && second === undefined) return { page: "overview" };
  if (first === "mirrors" && name) return { page: "mirror", name };
  if (first === "runs" && name) return { page: "run", id: name };
  if ((first === "deliveries" || first === "settings") && second === undefined) return { page: first };
  return { page: "unknown" };
}

/** The address of a page, for links. */
export function hrefOf(route: Exclude<Route, { readonly page: "unknown" }>): string {
  switch (route.page) {
    case "overview":
      return "#/";
    case "mirror":
      return `#/mirrors/${encodeURIComponent(route.name)}`;
    case "run":
      return `#/runs/${encodeURIComponent(route.id)}`;
    case "deliveries":
    case "settings":
      return `#/${route.page}`;
  }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
