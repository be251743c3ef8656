/** Writes the tables of docs/errors.md: every error code with its words and its exit code. */
import { exitOfError } from "../src/cli/exit.ts";
import { buildErrors } from "../src/words/en/build-errors.ts";
import { changesErrors } from "../src/words/en/changes-errors.ts";
import { cliErrors } from "../src/words/en/cli-errors.ts";
import { configErrors } from "../src/words/en/config-errors.ts";
import { copyErrors } from "../src/words/en/copy-errors.ts";
import { errors } from "../src/words/en/errors.ts";
import { githubErrors } from "../src/words/en/github-errors.ts";
import { metadataErrors } from "../src/words/en/metadata-errors.ts";
import { registryErrors } from "../src/words/en/registry-errors.ts";
import { releaseErrors } from "../src/words/en/release-errors.ts";
import { sourceErrors } from "../src/words/en/source-errors.ts";
import { targetErrors } from "../src/words/en/target-errors.ts";
import type { ErrorCode } from "../src/words/error.ts";
import { type Generated, table, write } from "./support/generated.ts";

const ROOMS: readonly (readonly [title: string, codes: object])[] = [
  ["The command line", cliErrors],
  ["Configuration", configErrors],
  ["Registries", registryErrors],
  ["Copying and removing", copyErrors],
  ["Publishing and releasing", releaseErrors],
  ["The package that is built from", sourceErrors],
  ["Building", buildErrors],
  ["Tags, labels and versions", metadataErrors],
  ["Changed files and git", changesErrors],
  ["GitHub", githubErrors],
  ["Layouts, archives, the Docker engine, the disk", targetErrors],
];

export const errorReference: Generated = {
  page: "docs/errors.md",
  script: "scripts/error-reference.ts",
  text: () => {
    const common = codes.filter((code) => !ROOMS.some(([, room]) => code in room));
    const sections = ROOMS.map(([title, room]) =>
      section(
        title,
        codes.filter((code) => code in room),
      ),
    );
    return [...sections, section("Anywhere", common)].join("\n\n");
  },
};

const codes = Object.keys(errors).filter((code): code is ErrorCode => code in errors);

function section(title: string, codesOfIt: readonly ErrorCode[]): string {
  const rows = codesOfIt.map((code) => {
    const { message, hint } = errors[code];
    return [`\`${code}\``, plain(message), plain(hint), String(exitOfError({ code }))];
  });
  return `## ${title}\n\n${table(["code", "message", "hint", "exit"], rows)}`;
}

/** What stands in angle brackets or between tildes is no Markdown here. */
function plain(words: string): string {
  return words.replace(/[<>]/g, (sign) => `\\${sign}`);
}

if (import.meta.main) await write(errorReference);
