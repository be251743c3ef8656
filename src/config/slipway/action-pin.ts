import { Refusal } from "../refusal.ts";

/** An action at one commit, as `uses:` names it. */
export interface ActionPin {
  /** `OWNER/NAME` */
  readonly action: string;
  /** 40 hex digits. */
  readonly commit: string;
  /** The tag of that commit, for people: `v1.2.3`. */
  readonly version?: string;
}

/**
 * Reads `OWNER/NAME@COMMIT`, with or without a version behind it, as workflows write it in a comment. Only a whole
 * commit is taken: a tag or branch may be another commit tomorrow.
 * https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions
 * @throws Refusal
 */
export function parseActionPin(text: string): ActionPin {
  const [, action, commit, version] =
    /^([\w.-]+\/[\w.-]+)@([0-9a-f]{40})(?:\s+(?:#\s*)?(v?\d[\w.+-]*))?$/.exec(text) ?? [];
  if (action === undefined || commit === undefined) {
    throw new Refusal("expected OWNER/NAME@COMMIT, the commit as 40 hex digits, and perhaps its version: …@… v1.2.3");
  }
  return { action, commit, ...(version !== undefined && { version }) };
}
