import type { Position } from "./words.ts";

/** A completion function for bash 3.2 and later, without bash-completion's helpers. */
export function bashCompletion(positions: readonly Position[]): string {
  return `# slipway completion for bash: source <(slipway completion bash)
_slipway() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" place="" index
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "$place \${COMP_WORDS[index]}" in
${paths(positions)}
    esac
  done
  COMPREPLY=()
  case "$place" in
${positions.map(positionCase).join("\n")}
  esac
}
complete -F _slipway slipway
`;
}

/** Words that lead to another position; all others are options and arguments. */
function paths(positions: readonly Position[]): string {
  const known = positions.filter(({ path }) => path !== "");
  return known
    .map(({ path }) => {
      const words = path.split(" ");
      const before = words.slice(0, -1).join(" ");
      return `      ${quote(`${before} ${words.at(-1)}`)}) place=${quote(path)} ;;`;
    })
    .join("\n");
}

function positionCase({ path, commands, flags, files }: Position): string {
  const values = flags.flatMap(({ names, value }) => {
    const pattern = names.join("|");
    if (value === "none") return [];
    if (value === "file") return [`        ${pattern}) COMPREPLY=($(compgen -f -- "$word")); return ;;`];
    if (value === "any") return [`        ${pattern}) return ;;`];
    return [`        ${pattern}) COMPREPLY=($(compgen -W ${quote(value.join(" "))} -- "$word")); return ;;`];
  });
  const names = flags.flatMap((flag) => flag.names).filter((name) => name.startsWith("--"));
  return [
    `    ${quote(path)})`,
    ...(values.length > 0 ? [`      case "$before" in`, ...values, "      esac"] : []),
    `      COMPREPLY=($(compgen -W ${quote([...commands, ...names].join(" "))} -- "$word"))`,
    ...(files ? [`      [[ $word == -* ]] || COMPREPLY+=($(compgen -f -- "$word"))`] : []),
    "      ;;",
  ].join("\n");
}

function quote(text: string): string {
  return `'${text}'`;
}
