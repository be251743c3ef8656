import type { Environment } from "../../config/variables/lookup.ts";
import type { CredentialStore } from "../../registry/credentials/index.ts";
import type { Instant } from "../../store/records.ts";
import type { Control } from "../control.ts";
import { complaining, type Log, startLoop } from "../outbox/index.ts";
import { askGitHub, type Ending, endingsOf } from "./endings.ts";

const DAY = 24 * 3_600_000;

export interface EndingsWatch {
  /** Undefined until somebody has looked. */
  known(): readonly Ending[] | undefined;
  close(): Promise<void>;
}

export interface EndingsOptions {
  readonly environment: Environment;
  readonly credentials: () => CredentialStore;
  readonly logger: Log;
  /** Milliseconds between two questions whether it is time to look again. Default a minute. */
  readonly every?: number;
}

/** Looks once a day when credentials end, and when another configuration counts. */
export function watchEndings(
  control: Pick<Control, "inForce" | "now" | "version">,
  { environment, credentials, logger, every = 60_000 }: EndingsOptions,
): EndingsWatch {
  const tokenEnd = askGitHub(`slipway/${control.version}`, environment);
  let found: readonly Ending[] | undefined;
  let looked: { readonly at: Instant; readonly loadedAt: Instant } | undefined;
  const look = complaining(logger, "when credentials end could not be found out", async () => {
    const { config, loadedAt } = control.inForce();
    const at = control.now();
    if (looked !== undefined && looked.loadedAt === loadedAt && at - looked.at < DAY) return;
    looked = { at, loadedAt };
    found = await endingsOf(config, { credentials: credentials(), tokenEnd });
  });
  const loop = startLoop(look, every);
  return { known: () => found, close: loop.close };
}
