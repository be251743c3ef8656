import { contentOf, filesOf } from "../house/sources.ts";

/** What befalls a registry before a block is run; the page says so in a comment, and in words. */
export interface Meanwhile {
  readonly registry: string;
  readonly state: "down" | "up";
}

/** A fenced block of a page. */
export interface Block {
  readonly language: string;
  readonly text: string;
  /** Of the page: where the block begins. */
  readonly line: number;
  /** What the first line of a file's block calls it: `# slipway.yaml`. */
  readonly file: string | undefined;
  /** Whether nothing but space stands between it and the block before. */
  readonly follows: boolean;
  /** `<!-- meanwhile: hagicode.azurecr.io is down -->` */
  readonly meanwhile: readonly Meanwhile[];
}

export interface Page {
  readonly path: string;
  /** All of it but the fenced blocks. */
  readonly prose: string;
  readonly blocks: readonly Block[];
}

/** The pages for users, in English; the Chinese ones have the same code, which test/house holds. */
export function userPages(): readonly Page[] {
  return filesOf("README.md", "docs/*.md")
    .filter((path) => !path.endsWith(".zh-CN.md"))
    .map((path) => readPage(path, contentOf(path)));
}

export function readPage(path: string, content: string): Page {
  const prose: string[] = [];
  const blocks: Block[] = [];
  let open: (Opening & { readonly fence: string }) | undefined;
  let isNear = false;
  let lines: string[] = [];
  let meanwhile: Meanwhile[] = [];
  for (const [at, line] of content.split("\n").entries()) {
    if (open !== undefined && line.trim() === open.fence) {
      blocks.push(blockOf(open, lines));
      open = undefined;
      isNear = true;
    } else if (open !== undefined) {
      lines.push(line);
    } else {
      const [, fence, language = ""] = /^(`{3,})(.*)$/.exec(line) ?? [];
      if (fence === undefined) {
        prose.push(line);
        meanwhile.push(...meanwhileIn(line));
        isNear &&= line.trim() === "";
      } else {
        open = { fence, language: language.trim(), line: at + 1, follows: isNear, meanwhile };
        lines = [];
        meanwhile = [];
      }
    }
  }
  if (open !== undefined) throw new Error(`${path}:${open.line}: the block has no end`);
  return { path, prose: prose.join("\n"), blocks };
}

type Opening = Pick<Block, "language" | "line" | "follows" | "meanwhile">;

function blockOf({ language, line, follows, meanwhile }: Opening, lines: readonly string[]): Block {
  const file = /^# (\S*(?:\.(?:ya?ml|env)|Dockerfile))$/.exec(lines[0] ?? "")?.[1];
  return { language, text: `${lines.join("\n")}\n`, line, file, follows, meanwhile };
}

function meanwhileIn(line: string): readonly Meanwhile[] {
  const [, registry = "", state] = /^<!-- meanwhile: (\S+) is (down|up) -->$/.exec(line) ?? [];
  return state === "down" || state === "up" ? [{ registry, state }] : [];
}
