import type { TemplateNode } from "../compose/form.ts";
import { FIRST, IF, textParts, VALUE } from "../compose/template.ts";
import { nearestOf } from "../nearest.ts";
import type { Place } from "../reading/place.ts";
import type { Problems } from "../reading/problems.ts";
import { type Entry, entryOf, type Mapping, type Scalar, type Tree } from "../reading/tree.ts";
import { refusalReason } from "../refusal.ts";
import { conditionSchema } from "../schema/compose.ts";
import { validate } from "../schema/validate.ts";
import { type KnownFields, readCondition } from "./compose-condition.ts";

/** What a template may speak of, and where to tell what does not hold. */
export interface TemplateOptions {
  readonly fields: KnownFields;
  /** Names of other images. */
  readonly images: readonly string[];
  readonly refuse: (place: Place, reason: string) => void;
  readonly problems: Problems;
}

/** A template, and the names of what it asks for. */
export interface ReadTemplate {
  readonly template: TemplateNode;
  readonly used: ReadonlySet<string>;
}

/** Reads `template:`. What was written without quotes and is a number, true or false is one; all else is text as it stands. */
export function readTemplate(tree: Tree, options: TemplateOptions): ReadTemplate {
  const reader = new TemplateReader(options);
  const template = reader.read(tree);
  const { refuse } = options;
  const version = entryOf(tree, "version");
  if (version !== undefined) refuse(version.place, "Compose takes no notice of `version` any more: leave it out");
  if (entryOf(tree, "services")?.value.kind !== "mapping") refuse(tree.place, "it needs `services`");
  else if (!reader.used.has("image")) refuse(tree.place, "no service has {{image}}, which a source stands for");
  return { template, used: reader.used };
}

class TemplateReader {
  readonly used = new Set<string>();
  readonly #options: TemplateOptions;
  readonly #names: readonly string[];

  constructor(options: TemplateOptions) {
    this.#options = options;
    this.#names = [...options.fields.keys(), "image", ...options.images.map((name) => `image.${name}`)];
  }

  read(tree: Tree): TemplateNode {
    if (tree.kind === "list") return tree.items.map((item) => this.read(item));
    return tree.kind === "mapping" ? this.#mapping(tree) : this.#scalar(tree);
  }

  #mapping(tree: Mapping): TemplateNode {
    const instead = [VALUE, FIRST].find((key) => entryOf(tree, key) !== undefined);
    const entries = tree.entries.map((entry): readonly [string, TemplateNode] => {
      const { key, place, value } = entry;
      if (key === IF) return [key, this.#condition(value)];
      if (instead !== undefined && key !== instead)
        this.#options.refuse(place, `${instead} stands alone, or with ${IF}`);
      if (key === FIRST && value.kind !== "list") this.#options.refuse(value.place, "expected a list");
      if (instead === undefined) this.#refuseKey(entry);
      return [key, this.read(value)];
    });
    return Object.fromEntries(entries);
  }

  #refuseKey({ key, place }: Entry): void {
    if (key.startsWith("$")) this.#options.refuse(place, `expected ${IF}, ${VALUE} or ${FIRST}`);
    if (textParts(key).some((part) => part.kind === "placeholder")) {
      this.#options.refuse(place, "fields go into values, not into keys");
    }
  }

  #condition(tree: Tree): TemplateNode {
    const written = validate(conditionSchema, tree, this.#options.problems);
    for (const id of Object.keys(written ?? {})) this.used.add(id);
    try {
      return readCondition(written ?? {}, this.#options.fields);
    } catch (thrown) {
      this.#options.refuse(tree.place, refusalReason(thrown));
      return {};
    }
  }

  #scalar({ text, quoted, place }: Scalar): TemplateNode {
    if (text === null) return null;
    if (!quoted && (text === "true" || text === "false")) return text === "true";
    if (!quoted && Number.isFinite(Number(text)) && String(Number(text)) === text) return Number(text);
    for (const part of textParts(text)) {
      if (part.kind === "literal") continue;
      this.used.add(part.name);
      if (!this.#names.includes(part.name)) this.#options.refuse(place, this.#unknown(part.name));
    }
    return text;
  }

  #unknown(name: string): string {
    const nearest = nearestOf(name, this.#names);
    return `{{${name}}} is no field${nearest === undefined ? "" : `; did you mean {{${nearest}}}?`}`;
  }
}
