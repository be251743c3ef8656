import { incidentText, openIncidents } from "../../alarms/incident-text.ts";
import { projectOf } from "../../outbox/index.ts";
import { overview, reload } from "../openapi/schemas.ts";
import { errorShape } from "../problem.ts";
import { type Call, identityOf, type Route } from "../route.ts";
import type { MirrorHealth, OverviewShape, ReloadShape } from "../shapes.ts";
import type { Api } from "./api.ts";

export const overviewRoutes: readonly Route[] = [
  {
    method: "get",
    path: "/api/v1/overview",
    access: "reader",
    about: "The daemon at a glance",
    answers: { 200: { about: "How it is", schema: overview } },
    handle: async (api, call) => call.json(await overviewShape(api, call)),
  },
  {
    method: "post",
    path: "/api/v1/reload",
    access: "operator",
    about: "Loads the configuration again; where it is refused, the one before counts on",
    answers: { 200: { about: "What counts now", schema: reload } },
    handle: async ({ control, states }, call) => {
      const error = await control.reload();
      states.forget();
      const { loadedAt } = control.inForce();
      const why = error && errorShape(call.var.words, error);
      return call.json({ loadedAt, error: why } satisfies ReloadShape);
    },
  },
];

async function overviewShape(api: Api, call: Call): Promise<OverviewShape> {
  const { control } = api;
  const { store, version } = control;
  const { words } = call.var;
  const { config, serve, loadedAt, refused } = control.inForce();
  const [states, queue, workers, incidents] = await Promise.all([
    api.states.states(),
    store.jobs.depth(),
    store.workers.all(),
    store.incidents.all(),
  ]);
  const count = (health: MirrorHealth) => states.filter((state) => state.health === health).length;
  return {
    project: projectOf(config),
    version,
    now: control.now(),
    role: identityOf(call).role,
    store: store.kind,
    mirrors: {
      total: states.length,
      inStep: count("in-step"),
      behind: count("behind"),
      failing: count("failing"),
      silent: count("silent"),
      unknown: count("unknown"),
    },
    queue,
    workers,
    incidents: openIncidents(incidents).map((incident) => {
      const { kind, subject, since, times } = incident;
      return { kind, subject, since, times, text: incidentText(incident, words, serve.timeZone) };
    }),
    channels: (config.notify ?? []).map(({ name }) => name),
    configuration: { file: config.file, loadedAt, error: refused && errorShape(words, refused) },
  };
}
