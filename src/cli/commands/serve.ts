import { setTimeout as sleep } from "node:timers/promises";
import { type Alarms, startAlarms } from "../../daemon/alarms/index.ts";
import { DEFAULT_LISTEN } from "../../daemon/api/listen.ts";
import { type RunningServer, startServer } from "../../daemon/api/server.ts";
import { startDaemon } from "../../daemon/daemon.ts";
import { Logbook } from "../../daemon/log/logbook.ts";
import { firstToken } from "../../daemon/tokens/first-token.ts";
import { openStore } from "../../store/open.ts";
import type { Run } from "../command.ts";
import { EXIT } from "../exit.ts";
import { coreOptions, GRACE, surroundingsOf } from "../serve/core-options.ts";
import { dataFolder } from "../serve/data-folder.ts";
import { openLog } from "../serve/open-log.ts";
import { toldToEnd, watchProcess } from "../serve/watch-process.ts";
import type { serveOptions } from "../serve-options.ts";

/** Keeps mirrors in step until it is told to end, and answers at an address. */
export const run: Run<typeof serveOptions> = async (context, { options }) => {
  const { words, signal, out } = context;
  const { file, environment } = surroundingsOf(context);
  const logger = await openLog(context);
  const log = new Logbook(logger, words);
  const { SLIPWAY_DATABASE_URL: url = "" } = environment;
  const place = url === "" ? { dataDir: dataFolder(options.dataDir, environment) } : { url };
  await using closing = new AsyncDisposableStack();
  const store = await openStore(place, (error) => log.failed("store-lost", error, {}));
  closing.defer(() => store.close());
  const daemon = await startDaemon(coreOptions(context, file, store, log));
  const { control, credentials } = daemon;
  let alarms: Alarms | undefined;
  let server: RunningServer | undefined;
  let grace = 0;
  try {
    await firstToken(store, environment, control.now(), (token) =>
      out.write(`${words.text("serve.token", { token })}\n`),
    );
    alarms = startAlarms(control, { logger, environment, credentials, language: words.language });
    server = await startServer(control, {
      logger,
      environment,
      language: words.language,
      listen: options.listen ?? DEFAULT_LISTEN,
    });
    using _ = watchProcess(log, () => void control.reload());
    await toldToEnd(signal);
    grace = GRACE;
  } finally {
    const drained = daemon.drain(grace);
    // whoever watches sees how it ends; who still holds a connection then does not hold up the end
    const isOver = Promise.race([drained, sleep(grace, undefined, { ref: false })]);
    await Promise.all([alarms?.close(), drained, isOver.then(() => server?.close())]);
  }
  return EXIT.done;
};
