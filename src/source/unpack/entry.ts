import { failure, type SlipwayError } from "../../words/error.ts";

/** What an archive holds. Names and targets are as the archive writes them: nobody has checked them yet. */
export type Entry =
  | {
      readonly kind: "file";
      readonly name: string;
      readonly isExecutable: boolean;
      /** Its bytes, once. They are read before the next entry is asked for, or left. */
      readonly body: AsyncIterable<Uint8Array>;
    }
  | { readonly kind: "folder"; readonly name: string }
  /** `target` is relative to the link's own folder. */
  | { readonly kind: "symlink"; readonly name: string; readonly target: string }
  /** `target` is the name of an entry before this one. */
  | { readonly kind: "hardlink"; readonly name: string; readonly target: string }
  /** `reason` says what it is instead. */
  | { readonly kind: "other"; readonly name: string; readonly reason: string };

/** The owner's right to execute, of the bits that `chmod` knows. */
export function isExecutable(mode: number): boolean {
  return (mode & 0o100) !== 0;
}

/** The errors of one archive. */
export interface Refusals {
  /** An entry that could do harm, or means what cannot be. `reason` goes on after its name. */
  unsafe(entry: string, reason: string): SlipwayError;
  damaged(reason: string, cause?: unknown): SlipwayError;
  tooLarge(reason: string): SlipwayError;
}

export function refusalsOf(file: string): Refusals {
  return {
    unsafe: (entry, reason) => failure("PACKAGE_UNSAFE", { file, entry: shown(entry), reason }),
    damaged: (reason, cause) => failure("PACKAGE_DAMAGED", { file, reason }, { cause }),
    tooLarge: (reason) => failure("PACKAGE_TOO_LARGE", { file, reason }),
  };
}

/** A name out of an archive, as it may stand in a message: what could move a terminal's cursor is written out. */
function shown(name: string): string {
  return JSON.stringify(name.slice(0, 200)).replace(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
