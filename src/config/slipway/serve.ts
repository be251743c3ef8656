import type * as z from "zod";
import { failure } from "../../words/error.ts";
import { formatPlace } from "../reading/place.ts";
import type { Problems } from "../reading/problems.ts";
import { entryOf, type Tree } from "../reading/tree.ts";
import type { serveSchema, WebhookKind } from "../schema/serve.ts";

/** A caller that tells of changed tags at `/hooks/NAME`. */
export interface Webhook {
  readonly name: string;
  readonly kind: WebhookKind;
  /** Empty where its variable is not set: then nobody may call it. */
  readonly secret: string;
}

/** How `slipway serve` keeps mirrors in step; defaults filled in. Times in milliseconds. */
export interface ServeSettings {
  readonly url?: string;
  readonly hosts: readonly string[];
  /** `success`: a percentage. */
  readonly targets: { readonly success: number; readonly lag: number };
  /** Left out: three intervals of a mirror, at least an hour. */
  readonly silence?: number;
  readonly keep: number;
  readonly batch: number;
  readonly concurrency: number;
  readonly remind: number;
  /** `09:00` */
  readonly digest?: string;
  readonly timeZone: string;
  readonly webhooks: readonly Webhook[];
  readonly private: boolean;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Where the configuration says nothing of the daemon. */
export const DEFAULT_SERVE: ServeSettings = {
  hosts: [],
  targets: { success: 99, lag: 30 * MINUTE },
  keep: 30 * 24 * HOUR,
  batch: 100,
  concurrency: 4,
  remind: 6 * HOUR,
  timeZone: "UTC",
  webhooks: [],
  private: false,
};

/** Fills in the defaults of `serve:`. A webhook whose name is no part of an address is a problem at its place. */
export function readServe(
  written: Readonly<z.output<typeof serveSchema>>,
  tree: Tree,
  problems: Problems,
): ServeSettings {
  const { targets, webhooks = {}, ...others } = written;
  const callers = entryOf(tree, "webhooks")?.value ?? tree;
  for (const name of Object.keys(webhooks)) {
    if (/^[\w.-]+$/.test(name)) continue;
    const reason = "expected letters, digits, dots, dashes and underscores";
    const where = formatPlace((entryOf(callers, name)?.value ?? callers).place);
    problems.add(failure("CONFIG_VALUE_INVALID", { where, key: `serve.webhooks.${name}`, reason }));
  }
  return {
    ...DEFAULT_SERVE,
    ...others,
    targets: { ...DEFAULT_SERVE.targets, ...targets },
    webhooks: Object.entries(webhooks).map(([name, webhook]) => ({ name, ...webhook })),
  };
}
