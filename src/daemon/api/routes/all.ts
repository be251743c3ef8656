import { hookRoutes } from "../../hooks/routes.ts";
import { publicRoutes } from "../../public/routes.ts";
import { openApiRoute } from "../openapi/route.ts";
import type { Route } from "../route.ts";
import { deliveryRoutes } from "./deliveries.ts";
import { eventRoutes } from "./events.ts";
import { mirrorRoutes } from "./mirrors.ts";
import { overviewRoutes } from "./overview.ts";
import { runRoutes } from "./runs.ts";
import { sessionRoutes } from "./session.ts";
import { tokenRoutes } from "./tokens.ts";

const described: readonly Route[] = [
  ...sessionRoutes,
  ...overviewRoutes,
  ...mirrorRoutes,
  ...runRoutes,
  ...eventRoutes,
  ...deliveryRoutes,
  ...tokenRoutes,
  ...hookRoutes,
  ...publicRoutes,
];

/** Every operation, with the one that describes them. */
export const ROUTES: readonly Route[] = [...described, openApiRoute(described)];
