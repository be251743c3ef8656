import { type StandIn, secretsLeftOut } from "../../config/slipway/load-open.ts";

/** Keys of tags: what stands in has to be a part of one. */
const TAGS = /^(?:tags|flavor)$/;
/** Keys of free text, which the page shows as it is written. */
const TEXTS =
  /^(?:labels\..+|source\.(?:url|path|package|unpack)|build\.(?:args\..+|context|dockerfile|target|from|paths\b.*|provenance)|release\.(?:tag|name|target|assets|notes))$/;

/**
 * Variables as the contract has them. Secrets are left out. A variable that is a part of tags, labels or other text is
 * shown by its name, for its value may be another one with every run (a build's number). Others have their values:
 * addresses are told in full.
 */
export const namesLeftOpen: StandIn = (uses) => {
  const secret = secretsLeftOut(uses);
  const [first] = uses;
  if (secret !== undefined || first === undefined) return secret;
  if (!uses.every(({ path }) => TAGS.test(path) || TEXTS.test(path))) return undefined;
  return uses.some(({ path }) => TAGS.test(path)) ? first.name : `\${${first.name}}`;
};
