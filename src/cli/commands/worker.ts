import { startCore } from "../../daemon/core.ts";
import { Logbook } from "../../daemon/log/logbook.ts";
import { openStore } from "../../store/open.ts";
import { failure } from "../../words/error.ts";
import type { Run } from "../command.ts";
import { EXIT } from "../exit.ts";
import type { NoOptions } from "../option.ts";
import { coreOptions, GRACE, surroundingsOf } from "../serve/core-options.ts";
import { openLog } from "../serve/open-log.ts";
import { toldToEnd, watchProcess } from "../serve/watch-process.ts";

/** So long a mirror is waited for that `slipway serve` knows already: Kubernetes brings a changed file within 90 s. */
const FILE_PATIENCE = 120_000;

/** Does what a `slipway serve` elsewhere has begun, until it is told to end. */
export const run: Run<NoOptions> = async (context) => {
  const { words, signal, version } = context;
  const { file, environment } = surroundingsOf(context);
  const { SLIPWAY_DATABASE_URL: url = "" } = environment;
  if (url === "") throw failure("WORKER_WITHOUT_DATABASE", {});
  const log = new Logbook(await openLog(context), words);
  await using closing = new AsyncDisposableStack();
  const store = await openStore({ url }, (error) => log.failed("store-lost", error, {}));
  closing.defer(() => store.close());
  const core = startCore({ ...coreOptions(context, file, store, log), patience: FILE_PATIENCE });
  closing.defer(() => core.drain(signal.aborted ? GRACE : 0));
  using _ = watchProcess(log, () => core.reload());
  log.info("started", { version, mirrors: core.inForce().mirrors.size, store: store.kind });
  await toldToEnd(signal);
  return EXIT.done;
};
