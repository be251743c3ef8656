import type { CredentialEntry } from "./credentials.ts";
import type { MirrorRule } from "./mirror-rule.ts";
import type { Notice } from "./notice.ts";
import type { HostSettings } from "./schema/sections.ts";
import type { LoginEntry } from "./slipway/logins.ts";

/** What any configuration comes to, whichever format it was written in. */
export interface Settings {
  readonly rules: readonly MirrorRule[];
  readonly credentials: readonly CredentialEntry[];
  /** Where a credential is to be got for a while. Left out: nowhere. */
  readonly logins?: readonly LoginEntry[];
  /** By host as in references: `docker.io`, `registry.internal:5000`. */
  readonly hosts: ReadonlyMap<string, HostSettings>;
  /** What the names of repositories begin with for which images are adapted, where they refuse some of them. */
  readonly adapting?: readonly string[];
  readonly notices: readonly Notice[];
}
