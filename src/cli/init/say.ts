import type { Words } from "../../words/words.ts";

/** Something of an existing set-up that was not carried over, or that is still to do. */
export type LeftOut =
  | { readonly key: "init.login-left"; readonly where: string }
  | { readonly key: "init.value-left"; readonly where: string; readonly value: string }
  | { readonly key: "init.unreadable"; readonly file: string; readonly reason: string }
  | { readonly key: "init.skopeo" | "init.still"; readonly file: string };

/** The line that a person reads. */
export function leftOutText(one: LeftOut, words: Words): string {
  switch (one.key) {
    case "init.login-left":
      return words.text(one.key, { where: one.where });
    case "init.value-left":
      return words.text(one.key, { where: one.where, value: one.value });
    case "init.unreadable":
      return words.text(one.key, { file: one.file, reason: one.reason });
    case "init.skopeo":
    case "init.still":
      return words.text(one.key, { file: one.file });
  }
}
