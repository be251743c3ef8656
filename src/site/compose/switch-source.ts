import { type Document, isAlias, isScalar, type Scalar, visit } from "yaml";
import type { ImageSource } from "./answers.ts";
import type { ComposeForm } from "./form.ts";
import { repositoriesOf, repositoryOf, restAfter } from "./images.ts";
import type { Problem } from "./problem.ts";
import { readComposeDocument } from "./read-document.ts";

export type SwitchResult =
  | {
      readonly kind: "file";
      readonly text: string;
      readonly switched: readonly { readonly from: string; readonly to: string }[];
      /** Images that come from there already. */
      readonly there: readonly string[];
      /** Images of no place that is known here. */
      readonly kept: readonly string[];
    }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] };

/** Where images may be switched to, and what else is known of them. */
export interface SwitchOptions {
  readonly sources: readonly ImageSource[];
  /** Other images of the project, as a form has them. */
  readonly images?: ComposeForm["images"];
}

/**
 * A compose file with its images from another source: every one that is a known source's, in the same edition. All else stays
 * as it was written, to the last blank.
 * @param to a source's id
 */
export function switchSource(text: string, to: string, { sources, images = {} }: SwitchOptions): SwitchResult {
  const target = sources.find(({ id }) => id === to);
  if (target === undefined) {
    return { kind: "problems", problems: [{ field: "source", key: "compose.problem.source", facts: { source: to } }] };
  }
  const read = readComposeDocument(text);
  if (read.kind === "problems") return read;
  const families: readonly Family[] = [
    { repositories: sources.flatMap(repositoriesOf), wanted: target.image },
    ...Object.values(images).map((places): Family => {
      const there = Object.hasOwn(places, to) ? places[to] : places.default;
      return { repositories: Object.values(places).map(repositoryOf), wanted: repositoryOf(there ?? "") };
    }),
  ];
  const found = imagesIn(read.document).map((scalar) => ({ scalar, fate: fateOf(scalar.value, families) }));
  const ofKind = (kind: Fate["kind"]) => found.flatMap(({ scalar, fate }) => (fate.kind === kind ? scalar.value : []));
  return {
    kind: "file",
    text: found.reduceRight((changed, { scalar, fate }) => withFate(changed, scalar, fate), text),
    switched: found.flatMap(({ scalar, fate }) => (fate.kind === "moves" ? { from: scalar.value, to: fate.to } : [])),
    there: ofKind("there"),
    kept: ofKind("foreign"),
  };
}

/** What one image is called at its places, and what it is to be called. */
interface Family {
  readonly repositories: readonly string[];
  readonly wanted: string;
}

type Fate =
  | { readonly kind: "moves"; readonly repository: string; readonly wanted: string; readonly to: string }
  | { readonly kind: "there" | "foreign" };

function fateOf(name: string, families: readonly Family[]): Fate {
  for (const { repositories, wanted } of families) {
    const rest = repositories.map((repository) => restAfter(name, repository)).find((one) => one !== undefined);
    if (rest === undefined) continue;
    const repository = name.slice(0, name.length - rest.length);
    if (restAfter(wanted, repository) === "") return { kind: "there" };
    return { kind: "moves", repository, wanted, to: wanted + rest };
  }
  return { kind: "foreign" };
}

/** A text with one name of an image in it changed. */
function withFate(text: string, { range: [start, end] }: Placed, fate: Fate): string {
  if (fate.kind !== "moves") return text;
  const written = text.slice(start, end);
  const at = written.indexOf(fate.repository);
  // Where there are escapes in it, the name is not to be found as it is.
  const changed =
    at < 0 ? JSON.stringify(fate.to) : written.slice(0, at) + fate.wanted + written.slice(at + fate.repository.length);
  return text.slice(0, start) + changed + text.slice(end);
}

/** Sections in which `image` is a name that somebody gave. */
const FOREIGN: readonly unknown[] = ["environment", "labels", "annotations", "args", "options", "driver_opts"];

type Placed = Scalar<string> & { readonly range: readonly [number, number, number] };

/** The values of every `image`, in the order of the file; those of anchors once, where they are written. */
function imagesIn(document: Document.Parsed): readonly Placed[] {
  const found = new Set<Placed>();
  visit(document, {
    Pair: (_key, { key, value }) => {
      const name = isScalar(key) ? key.value : undefined;
      if (FOREIGN.includes(name)) return visit.SKIP;
      const image = isAlias(value) ? value.resolve(document) : value;
      if (name === "image" && isPlaced(image)) found.add(image);
      return undefined;
    },
  });
  return [...found].sort((one, other) => one.range[0] - other.range[0]);
}

function isPlaced(node: unknown): node is Placed {
  return isScalar(node) && typeof node.value === "string" && node.range !== undefined && node.range !== null;
}
