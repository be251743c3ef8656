import { randomImage, startRegistry, type TestRegistry } from "../../src/testing/index.ts";
import { Serving, until } from "../../test/support/serving.ts";
import { type Row, verdict } from "../row.ts";
import { DaemonStage, OPERATOR } from "../stage/daemon.ts";

const TAGS = ["1.0", "1.1", "1.2"];
const DRAIN_SECONDS = 25;
const INTERVAL_SECONDS = 2;
/** For the run itself, on a machine that does much else. */
const RUN_SECONDS = 5;

/** What befalls a daemon. */
export const daemon: readonly Row[] = [
  {
    id: "F30",
    injected: "SIGTERM in the middle of a run",
    required: "what is under way ends and is recorded; gone within 25 s; nothing is left for the next start",
    players: "slipway",
    lasts: 15,
    play: async () => {
      await using source = await filled();
      await using destination = await startRegistry();
      destination.faults.add({ method: "PUT", kind: "manifest", effect: { kind: "latency", milliseconds: 4000 } });
      const config = `mirrors: [{ name: app, from: ${source.host}/app, to: ${destination.host}/app, every: 24h }]\n`;
      await using stage = await DaemonStage.open({ config });
      await until(
        () => destination.requests.count("PUT", "manifest") > 0,
        () => stage.serving.told,
      );
      const told = performance.now();
      stage.serving.kill("SIGTERM");
      const code = await stage.serving.ended;
      const took = (performance.now() - told) / 1000;
      const again = await stage.again();
      const [run, ...others] = await again.runs("app", OPERATOR);
      const checks = {
        "it ends with 0": code === 0,
        "within 25 s": took <= DRAIN_SECONDS,
        "the run is recorded as done": run?.state === "done" && run.counts.copied === TAGS.length,
        "there is no other": others.length === 0,
        "nothing was put twice": destination.requests.count("PUT", "manifest") === TAGS.length,
      };
      return verdict("drained, recorded, ended", checks, "≤ 25 s");
    },
  },
  {
    id: "F32",
    injected: "a second `slipway serve` on the same data folder",
    required: "refused, and told which process has it; the first goes on",
    players: "slipway",
    play: async () => {
      await using stage = await DaemonStage.open({ config: "mirrors: []\n" });
      await using second = new Serving(stage.workplace, "serve", { env: { SLIPWAY_TOKEN: OPERATOR } });
      const code = await second.ended;
      const { status } = await stage.ask("/readyz");
      const checks = {
        "it ends with 1": code === 1,
        "it names the process": second.told.includes(`process ${stage.serving.pid}`),
        "the first goes on": status === 200,
      };
      return verdict("refused, with the process's number", checks);
    },
  },
  {
    id: "F39",
    injected: "a push that no webhook tells of",
    required: "the schedule brings it within one interval",
    players: "slipway",
    lasts: 8,
    play: async () => {
      await using source = await filled();
      await using destination = await startRegistry();
      const mirror = `{ name: app, from: ${source.host}/app, to: ${destination.host}/app, every: ${INTERVAL_SECONDS}s }`;
      await using stage = await DaemonStage.open({ config: `mirrors: [${mirror}]\n` });
      const arrived = (tag: string, digest: string) =>
        until(
          () => destination.tags("app")[tag] === digest,
          () => stage.serving.told,
        );
      for (const [tag, digest] of Object.entries(source.tags("app"))) await arrived(tag, digest);
      const image = await randomImage({ seed: "F39 pushed" });
      const pushed = performance.now();
      await source.put("app", image, "1.1");
      await arrived("1.1", image.root.digest);
      const took = (performance.now() - pushed) / 1000;
      const checks = { "within an interval, and the time of a run": took <= INTERVAL_SECONDS + RUN_SECONDS };
      return verdict("brought by the next run", checks, "1 interval");
    },
  },
];

async function filled(): Promise<TestRegistry> {
  const registry = await startRegistry();
  for (const tag of TAGS) await registry.put("app", await randomImage({ seed: `daemon ${tag}` }), tag);
  return registry;
}
