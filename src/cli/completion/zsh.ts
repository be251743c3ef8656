import { bashCompletion } from "./bash.ts";
import type { Position } from "./words.ts";

/** For zsh: its own emulation of bash's completion runs the same function. https://zsh.sourceforge.io/Doc/Release/Completion-System.html */
export function zshCompletion(positions: readonly Position[]): string {
  return `#compdef slipway
# slipway completion for zsh: source <(slipway completion zsh), after compinit
autoload -U +X bashcompinit && bashcompinit
${bashCompletion(positions)}`;
}
