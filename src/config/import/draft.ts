import { type Notice, notice } from "../notice.ts";
import { formatPlace, type Place } from "../reading/place.ts";
import { escapeTemplate } from "../variables/template.ts";

/** One of `registries:`, as it will be written. */
export interface DraftRegistry {
  readonly image: string;
  readonly username?: string;
  readonly password?: string;
}

/** One of `mirrors:`, as it will be written; `place` is where it came from. */
export interface DraftMirror {
  readonly place: Place;
  readonly from: string;
  readonly to: string | readonly string[];
  readonly tags?: Readonly<Record<string, string | readonly string[]>>;
  readonly platforms?: readonly string[];
  readonly referrers?: boolean;
}

/** One of `hosts:`, as it will be written. */
export type DraftHost = Readonly<Record<string, string | number | boolean>>;

/** A value of another format: text that stands for itself, or what is already written as `${NAME}`. */
export type Imported =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "variable"; readonly text: string };

/** A `slipway.yaml` in the making, and what is to be said about it. */
export class Draft {
  readonly registries = new Map<string, DraftRegistry>();
  readonly mirrors: DraftMirror[] = [];
  readonly hosts = new Map<string, DraftHost>();
  readonly notices: Notice[] = [];

  /** Adds what is known of a host to what was known. */
  addHost(host: string, settings: DraftHost): void {
    if (Object.keys(settings).length > 0) this.hosts.set(host, { ...this.hosts.get(host), ...settings });
  }

  /** Adds a credential; a password that stood in the file becomes a variable, and a notice says which. */
  addCredential(place: Place, prefix: string, username: Imported, password: Imported): void {
    const name = unused(slug(prefix), this.registries);
    const written = password.kind === "variable" ? password.text : `\${${variableName(prefix)}}`;
    if (password.kind === "literal") {
      const facts = { where: formatPlace(place), prefix, name: variableName(prefix) };
      this.notices.push(notice("notice.password-variable", facts));
    }
    this.registries.set(name, { image: prefix, username: writtenText(username), password: written });
  }
}

/** How a value has to be written in `slipway.yaml`. */
export function writtenText(value: Imported): string {
  return value.kind === "variable" ? value.text : escapeTemplate(value.text);
}

function slug(prefix: string): string {
  return prefix
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .toLowerCase();
}

function unused(name: string, taken: ReadonlyMap<string, unknown>): string {
  let candidate = name;
  for (let count = 2; taken.has(candidate); count += 1) candidate = `${name}-${count}`;
  return candidate;
}

function variableName(prefix: string): string {
  const name = `${prefix
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^_|_$/g, "")
    .toUpperCase()}_PASSWORD`;
  return /^[0-9]/.test(name) ? `REGISTRY_${name}` : name;
}
