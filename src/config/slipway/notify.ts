import type * as z from "zod";
import { failure } from "../../words/error.ts";
import { formatPlace } from "../reading/place.ts";
import type { Problems } from "../reading/problems.ts";
import { itemsOf, type Tree } from "../reading/tree.ts";
import type { notifySchema } from "../schema/notify.ts";

type Written = Readonly<z.output<typeof notifySchema>[number]>;

const HOOKS = ["feishu", "dingtalk", "wecom", "slack", "webhook"] as const;
const SIGNED: readonly string[] = ["feishu", "dingtalk", "webhook"];
const DEFAULT_OCCASIONS = [
  "failed",
  "partial",
  "recovered",
  "still-failing",
  "silence",
  "lag",
  "expiry",
  "digest",
] as const;

/** Who is told what a run came to, and how. Addresses and secrets are never shown; an empty address is none. */
export type NotifyChannel = {
  readonly name: string;
  readonly on: NonNullable<Written["on"]>;
  readonly lang?: "en" | "zh-CN";
  /** Whether the daemon may look for it inside the network. Default false. */
  readonly internal?: boolean;
} & (
  | { readonly kind: (typeof HOOKS)[number]; readonly url: string; readonly secret?: string }
  | ({ readonly kind: "email" } & NonNullable<Written["email"]>)
);

/** Makes of `notify:` the channels that it names; each has a name of its own. A fault is a problem at its place. */
export function readNotify(written: readonly Written[], tree: Tree, problems: Problems): readonly NotifyChannel[] {
  const items = itemsOf(tree);
  const names = new Set<string>();
  return written.flatMap((entry, at): readonly NotifyChannel[] => {
    const refuse = (reason: string) => {
      const where = formatPlace((items[at] ?? tree).place);
      problems.add(failure("CONFIG_VALUE_INVALID", { where, key: `notify[${at}]`, reason }));
      return [];
    };
    const { email, secret, on = [...DEFAULT_OCCASIONS], lang, internal } = entry;
    const kinds = [...HOOKS.filter((kind) => entry[kind] !== undefined), ...(email === undefined ? [] : ["email"])];
    const [kind = ""] = kinds;
    if (kinds.length !== 1) return refuse(`one of ${HOOKS.join(", ")} and email has to be given, and only one`);
    if (secret !== undefined && !SIGNED.includes(kind)) return refuse(`secret does not go with ${kind}`);
    if (entry.name !== undefined && names.has(entry.name)) return refuse(`${entry.name} is another channel's name`);
    const name = entry.name ?? unused(kind, names);
    names.add(name);
    const common = { name, on, ...(lang !== undefined && { lang }), ...(internal === true && { internal }) };
    if (email !== undefined) return [{ kind: "email", ...common, ...email }];
    return HOOKS.flatMap((hook) => {
      const url = entry[hook];
      // A secret that is empty is none: its variable may be left open together with the address.
      return url === undefined ? [] : [{ kind: hook, ...common, url, ...(secret && { secret }) }];
    });
  });
}

/** `feishu`, `feishu-2`, … */
function unused(kind: string, names: ReadonlySet<string>): string {
  let name = kind;
  for (let number = 2; names.has(name); number += 1) name = `${kind}-${number}`;
  return name;
}
