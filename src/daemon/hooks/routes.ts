import type { Webhook } from "../../config/slipway/serve.ts";
import { type Call, named, type Route } from "../api/route.ts";
import type { Control } from "../control.ts";
import { concernedBy } from "./concerned.ts";
import { eventsOf, keyOf } from "./events.ts";
import { isGenuine } from "./genuine.ts";

/** A run that a webhook asked for. */
export interface HookRun {
  readonly id: string;
  readonly mirror: string;
  readonly isNew: boolean;
}

const shared: Omit<Route, "path"> = {
  method: "post",
  access: "anyone",
  about: "A registry, or a script, tells of a tag that was pushed",
  answers: {
    200: { about: "It concerns no mirror" },
    202: { about: "The runs that bring it to where it belongs" },
    401: { about: "Who calls has not proved itself" },
  },
  handle: ({ control }, call) => hear(control, call),
};

export const hookRoutes: readonly Route[] = [
  { ...shared, path: "/hooks/:hook" },
  { ...shared, path: "/hooks/:hook/:token" },
];

/**
 * Asks for one run of each mirror that is concerned, for just that tag. Nobody learns from the answer which webhooks
 * there are.
 * @throws HOOK_BODY_INVALID, STORE_UNREACHABLE, which has the caller try again
 */
async function hear(control: Control, call: Call): Promise<Response> {
  const hook = control.inForce().serve.webhooks.find(({ name }) => name === named(call, "hook"));
  const body = new Uint8Array(await call.req.arrayBuffer());
  const token = call.req.param("token") ?? call.req.query("token");
  const header = (name: string) => call.req.header(name);
  const isKnown = isGenuine(hook ?? NO_HOOK, { body, header, token, now: control.now() });
  if (hook === undefined || !isKnown) return call.body(null, 401);
  const runs = await request(control, hook, body, header("webhook-id") ?? "");
  Object.assign(call.var.noted, { hook: hook.name, runs: runs.length });
  return call.json({ runs }, runs.length === 0 ? 200 : 202);
}

const NO_HOOK = { kind: "docker-hub", secret: "" } as const;

async function request(control: Control, hook: Webhook, body: Uint8Array, id: string): Promise<readonly HookRun[]> {
  const runs = new Map<string, HookRun>();
  for (const pushed of eventsOf(hook, body, id)) {
    const key = keyOf(hook, body, pushed);
    for (const mirror of concernedBy(control.inForce(), pushed)) {
      const wish = { mirror, trigger: "webhook", key, tags: [pushed.tag], by: hook.name } as const;
      const { run, isNew } = await control.request(wish);
      runs.set(run.id, { id: run.id, mirror, isNew: isNew || (runs.get(run.id)?.isNew ?? false) });
    }
  }
  return [...runs.values()];
}
