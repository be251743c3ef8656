/** Writes the commands of docs/commands.md from what `--help` says. */
import { commands } from "../src/cli/commands.ts";
import { run } from "../src/cli/run.ts";
import { type Generated, write } from "./support/generated.ts";

export const commandReference: Generated = {
  page: "docs/commands.md",
  script: "scripts/command-reference.ts",
  text: async () => {
    const paths = commands.flatMap((command) =>
      command.kind === "group" ? command.commands.map(({ name }) => [command.name, name]) : [[command.name]],
    );
    const sections = [section("slipway", await helpOf([]))];
    for (const path of paths) sections.push(section(["slipway", ...path].join(" "), await helpOf(path)));
    return sections.join("\n\n");
  },
};

function section(title: string, help: string): string {
  return `## ${title}\n\n\`\`\`text\n${help.trim()}\n\`\`\``;
}

async function helpOf(path: readonly string[]): Promise<string> {
  let help = "";
  const stream = {
    write: (text: string | Uint8Array) => {
      help += text;
    },
  };
  const { signal } = new AbortController();
  await run([...path, "--help", "--lang", "en"], { environment: {}, out: stream, err: stream, signal, version: "" });
  return help;
}

if (import.meta.main) await write(commandReference);
