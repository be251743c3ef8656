import { failure } from "../../words/error.ts";
import type { Command, Run } from "../command.ts";
import { bashCompletion } from "../completion/bash.ts";
import { fishCompletion } from "../completion/fish.ts";
import { positionsOf } from "../completion/words.ts";
import { zshCompletion } from "../completion/zsh.ts";
import { EXIT } from "../exit.ts";
import type { NoOptions } from "../option.ts";

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

/** Prints the completion script of a shell for these commands. */
export function completionOf(commands: readonly Command[]): Run<NoOptions> {
  return async ({ out }, { positional: [shell = ""] }) => {
    const write = Object.entries(SHELLS).find(([name]) => name === shell)?.[1];
    if (write === undefined) {
      const expected = Object.keys(SHELLS).join(" | ");
      throw failure("OPTION_VALUE_INVALID", { option: "completion", value: shell, expected });
    }
    out.write(write(positionsOf(commands)));
    return EXIT.done;
  };
}
