import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  Scalar as YamlScalar,
} from "yaml";
import { failure, type SlipwayError } from "../../words/error.ts";
import { deepPart } from "./deep-part.ts";
import { formatPlace, type Place } from "./place.ts";
import { Problems } from "./problems.ts";
import type { Source } from "./source.ts";
import type { Entry, Mapping, Tree } from "./tree.ts";

export interface ReadTreeOptions {
  /** What the file should hold, for the error about an empty one. */
  readonly expected: string;
  /** Whether a key may come twice in a mapping. Default false. */
  readonly duplicateKeys?: boolean;
}

/** Parts of a file after its aliases are written out, and how deep they may nest: an alias bomb ends here. */
const MAX_PARTS = 250_000;
const MAX_DEPTH = 64;

/**
 * Reads YAML 1.2, and JSON, which is YAML; aliases and merge keys (`<<`) are resolved.
 * @throws CONFIG_EMPTY, CONFIG_SYNTAX, CONFIG_KEY_DUPLICATE; where it can be read on, all of a file together
 */
export function readTree(source: Source, options: ReadTreeOptions): Tree {
  return new TreeReader(source, options).read();
}

class TreeReader {
  readonly #source: Source;
  readonly #options: ReadTreeOptions;
  readonly #lines = new LineCounter();
  readonly #problems: Problems;
  /** In document order, as YAML has it: an alias means the nearest anchor before it. */
  readonly #anchors = new Map<string, Node>();
  #parts = 0;

  constructor(source: Source, options: ReadTreeOptions) {
    this.#source = source;
    this.#options = options;
    this.#problems = new Problems(source.file);
  }

  read(): Tree {
    const deep = deepPart(this.#source.text, MAX_DEPTH);
    if (deep !== undefined) throw syntaxError(this.#writtenAt(deep), `it is more than ${MAX_DEPTH} levels deep`);
    const document: Document.Parsed = parseDocument(this.#source.text, {
      lineCounter: this.#lines,
      prettyErrors: false,
      uniqueKeys: false,
      logLevel: "error",
    });
    const [error] = document.errors; // the others mostly follow from the first
    if (error !== undefined) throw syntaxError(this.#placeAt(error.pos[0]), error.message);
    const root = document.contents;
    if (root === null || (isScalar(root) && root.value === null)) {
      throw failure("CONFIG_EMPTY", { where: formatPlace(this.#placeAt(0)), expected: this.#options.expected });
    }
    const tree = this.#tree(root, 0, this.#placeAt(0));
    this.#problems.throwIfAny();
    return tree;
  }

  /** `around` is the place of what holds the node: where nothing was written, that is as near as we get. */
  #tree(node: Node | null, depth: number, around: Place): Tree {
    const place = this.#placeOf(node) ?? around;
    this.#parts += 1;
    if (depth > MAX_DEPTH || this.#parts > MAX_PARTS) {
      const limit = depth > MAX_DEPTH ? `${MAX_DEPTH} levels deep` : `${MAX_PARTS} parts`;
      throw syntaxError(place, `with its aliases written out, the file has more than ${limit}`);
    }
    if (isAlias(node)) {
      const target = this.#anchors.get(node.source);
      if (target !== undefined) return this.#tree(target, depth + 1, place);
      this.#refuse(place, `the alias *${node.source} has no anchor &${node.source} before it`);
      return { kind: "scalar", place, text: null };
    }
    if (node?.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if (isSeq<Node | null>(node)) {
      return { kind: "list", place, items: node.items.map((item) => this.#tree(item, depth + 1, place)) };
    }
    if (isMap<Node | null, Node | null>(node)) {
      return { kind: "mapping", place, entries: this.#entries(node.items, depth + 1, place) };
    }
    const quoted = isScalar(node) && node.type !== undefined && node.type !== YamlScalar.PLAIN;
    return { kind: "scalar", place, text: textOf(node), ...(quoted && { quoted }) };
  }

  #entries(pairs: readonly Pair<Node | null, Node | null>[], depth: number, around: Place): readonly Entry[] {
    const own: Entry[] = [];
    const merged: (readonly Entry[])[] = [];
    const firstLines = new Map<string, number>();
    for (const pair of pairs) {
      const place = this.#placeOf(pair.key) ?? around;
      const value = this.#tree(pair.value, depth, place);
      if (isMergeKey(pair.key)) {
        merged.push(this.#merged(value).flatMap((mapping) => mapping.entries));
        continue;
      }
      const key = textOf(pair.key);
      if (key === null || key === "__proto__") {
        this.#refuse(place, "only text can be a key");
        continue;
      }
      const first = firstLines.get(key);
      if (first !== undefined && this.#options.duplicateKeys !== true) {
        this.#problems.add(failure("CONFIG_KEY_DUPLICATE", { where: formatPlace(place), key, first }));
      }
      firstLines.set(key, first ?? place.line);
      own.push({ key, place, value });
    }
    for (const entry of merged.flat()) {
      if (firstLines.has(entry.key)) continue;
      firstLines.set(entry.key, entry.place.line);
      own.push(entry);
    }
    return own;
  }

  /** https://yaml.org/type/merge.html: a mapping or a list of them; keys of the mapping itself win, then earlier ones. */
  #merged(value: Tree): readonly Mapping[] {
    const parts = value.kind === "list" ? value.items : [value];
    return parts.filter((part) => {
      if (part.kind !== "mapping") this.#refuse(part.place, "only a mapping can be merged with <<");
      return part.kind === "mapping";
    });
  }

  #refuse(place: Place, reason: string): void {
    this.#problems.add(syntaxError(place, reason));
  }

  #placeOf(node: Node | null): Place | undefined {
    return node?.range ? this.#placeAt(node.range[0]) : undefined;
  }

  /** A place of a text that was not parsed, whose lines nobody has counted yet. */
  #writtenAt(offset: number): Place {
    const lines = this.#source.text.slice(0, offset).split("\n");
    return { file: this.#source.file, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
  }

  #placeAt(offset: number): Place {
    const { line, col } = this.#lines.linePos(offset);
    return { file: this.#source.file, line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}

function syntaxError(place: Place, reason: string): SlipwayError {
  return failure("CONFIG_SYNTAX", { where: formatPlace(place), reason });
}

function isMergeKey(key: Node | null): boolean {
  return isScalar(key) && key.value === "<<" && key.type === YamlScalar.PLAIN;
}

/** A scalar's text: as it was written for numbers and switches, as it was meant for quoted and block text. */
function textOf(node: Node | null): string | null {
  if (!isScalar(node) || node.value === null || node.value === undefined) return null;
  return typeof node.value === "string" ? node.value : (node.source ?? String(node.value));
}
