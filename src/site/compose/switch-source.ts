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
      /** Images of no place that is known here, or there already. */
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
  const found = imagesIn(read.document).map((scalar) => ({ scalar, change: changeOf(scalar.value, families) }));
  let switched = text;
  for (const { scalar, change } of found.toReversed()) {
    if (change === undefined) continue;
    const [start, end] = scalar.range;
    const written = text.slice(start, end);
    // A text with escapes in it does not hold its own repository; it is written anew.
    const at = written.indexOf(change.repository);
    const changed =
      at < 0
        ? JSON.stringify(change.to)
        : written.slice(0, at) + change.wanted + written.slice(at + change.repository.length);
    switched = switched.slice(0, start) + changed + switched.slice(end);
  }
  return {
    kind: "file",
    text: switched,
    switched: found.flatMap(({ scalar, change }) =>
      change === undefined ? [] : [{ from: scalar.value, to: change.to }],
    ),
    kept: found.flatMap(({ scalar, change }) => (change === undefined ? [scalar.value] : [])),
  };
}

/** What one image is called at its places, and what it is to be called. */
interface Family {
  readonly repositories: readonly string[];
  readonly wanted: string;
}

interface Change {
  readonly repository: string;
  readonly wanted: string;
  readonly to: string;
}

function changeOf(name: string, families: readonly Family[]): Change | undefined {
  for (const { repositories, wanted } of families) {
    const rest = repositories.map((repository) => restAfter(name, repository)).find((one) => one !== undefined);
    if (rest === undefined) continue;
    const repository = name.slice(0, name.length - rest.length);
    return restAfter(wanted, repository) === "" ? undefined : { repository, wanted, to: wanted + rest };
  }
  return undefined;
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
