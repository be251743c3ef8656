import type { Flag, Position } from "./words.ts";

/** For fish 3 and later. */
export function fishCompletion(positions: readonly Position[]): string {
  const lines = positions.flatMap(({ path, commands, flags, files }) => {
    const here = `complete -c slipway -n '__slipway_at "${path}"'`;
    return [
      ...commands.map((command) => `${here} -f -a '${command}'`),
      ...flags.map((flag) => `${here} ${flagWords(flag)}`),
      ...(files ? [`${here} -F`] : []),
    ];
  });
  return `# slipway completion for fish: slipway completion fish | source
function __slipway_at
    set -l place
    for word in (commandline -opc)[2..]
        switch "$place $word"
${positions
  .filter(({ path }) => path !== "")
  .map(({ path }) => {
    const words = path.split(" ");
    return `            case '${words.slice(0, -1).join(" ")} ${words.at(-1)}'\n                set place '${path}'`;
  })
  .join("\n")}
        end
    end
    test "$place" = "$argv[1]"
end
complete -c slipway -f
${lines.join("\n")}
`;
}

function flagWords({ names, value }: Flag): string {
  const parts = names.map((name) => (name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  if (value === "none") return parts.join(" ");
  if (value === "file") return `${parts.join(" ")} -r -F`;
  if (value === "any") return `${parts.join(" ")} -x`;
  return `${parts.join(" ")} -x -a '${value.join(" ")}'`;
}
