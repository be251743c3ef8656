import type { Route } from "../route.ts";
import { openApiDocument } from "./document.ts";

/** The document that describes the routes, itself among them. */
export function openApiRoute(routes: readonly Route[]): Route {
  const route: Route = {
    method: "get",
    path: "/api/v1/openapi.json",
    access: "anyone",
    about: "This document",
    answers: { 200: { about: "An OpenAPI document" } },
    handle: (_api, call) => {
      made ??= openApiDocument([...routes, route]);
      return call.json(made, 200, { "cache-control": "no-cache" });
    },
  };
  let made: ReturnType<typeof openApiDocument> | undefined;
  return route;
}
