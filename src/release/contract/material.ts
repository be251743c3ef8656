import type { MirrorRule } from "../../config/mirror-rule.ts";
import type { Publishing } from "../../config/slipway/load-config.ts";
import type { OpenConfig } from "../../config/slipway/load-open.ts";
import type { VariableUse } from "../../config/variables/variable-uses.ts";
import { parseReference, repositoryOf } from "../../oci/reference.ts";
import { failure } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import type { PublishTarget } from "../targets.ts";

/** All that the contract is made of: no clock, no machine, no secret. */
export interface ContractMaterial {
  /** The configuration's name, without folders. */
  readonly file: string;
  /** What the image is called. */
  readonly name: string;
  /** The primary first. */
  readonly outlets: readonly ContractOutlet[];
  readonly publishing: Publishing;
  readonly mirrors: readonly MirrorRule[];
  readonly uses: readonly VariableUse[];
  /** The publish graph. */
  readonly targets: readonly PublishTarget[];
}

/** A registry that the image is published at. */
export interface ContractOutlet {
  readonly name: string;
  /** `registry/repository` */
  readonly repository: string;
  readonly required: boolean;
  readonly adapt: boolean;
  /** Whether the configuration says who logs in. */
  readonly login: boolean;
}

/** A part of the page: blocks of Markdown, none of them where the part does not concern the configuration. */
export type Section = (material: ContractMaterial, words: Words) => readonly string[];

/**
 * @param file the configuration's name, without folders
 * @param targets of the same configuration
 * @throws OUTLETS_MISSING
 */
export function contractMaterial(
  file: string,
  { config, uses }: OpenConfig,
  targets: readonly PublishTarget[],
): ContractMaterial {
  const { registries, publishing, rules } = config;
  const outlets = registries
    .filter(({ image }) => image.includes("/"))
    .map(({ name, image, required, adapt = false, credential }) => ({
      name,
      repository: repositoryOf(parseReference(image)),
      required,
      adapt,
      login: credential !== undefined || usesAt(uses, `registries.${name}.password`).length > 0,
    }));
  const [primary] = outlets;
  if (primary === undefined) throw failure("OUTLETS_MISSING", {});
  const name = config.name ?? primary.repository.slice(primary.repository.lastIndexOf("/") + 1);
  return { file, name, outlets, publishing, mirrors: rules, uses, targets };
}

/** What a key of the configuration takes from outside. */
export function usesAt(uses: readonly VariableUse[], path: string): readonly VariableUse[] {
  return uses.filter((use) => use.path === path);
}

/** Each once, in order, with commas. */
export function listed(items: readonly string[], words: Words): string {
  return [...new Set(items)].join(words.text("contract.list.comma"));
}
