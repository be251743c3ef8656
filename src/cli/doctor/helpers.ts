import { constants } from "node:fs";
import { access, readFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { z } from "zod";
import { failure } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import { type Finding, failed, fine } from "./finding.ts";

const Named = z.object({
  credsStore: z.string().optional(),
  credHelpers: z.record(z.string(), z.string()).optional(),
});

/** Whether the credential helpers that Docker's configuration names are on PATH. A file that is not there names none. */
export async function checkHelpers(
  files: readonly string[],
  environment: NodeJS.ProcessEnv,
  words: Words,
): Promise<readonly Finding[]> {
  return (await Promise.all(files.map((file) => checkFile(file, environment, words)))).flat();
}

async function checkFile(file: string, environment: NodeJS.ProcessEnv, words: Words): Promise<readonly Finding[]> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined || text.trim() === "") return [];
  let named: z.infer<typeof Named>;
  try {
    named = Named.parse(JSON.parse(text));
  } catch (cause) {
    // The parser's own words would quote the file, and with it what is secret there.
    const reason = "it is not JSON in Docker's form";
    return [failed("helper", failure("CREDENTIAL_FILE_INVALID", { file, reason }, { cause }), words)];
  }
  const hostsOfHelper = Map.groupBy(
    [...Object.entries(named.credHelpers ?? {}), ...(named.credsStore ? [["*", named.credsStore] as const] : [])],
    ([, helper]) => helper,
  );
  const findings = [...hostsOfHelper].map(async ([name, entries]): Promise<readonly Finding[]> => {
    if (name === "") return [];
    const helper = `docker-credential-${name}`;
    const host = entries.map(([one]) => one).join(", ");
    if (await isOnPath(helper, environment)) return [fine("helper", `${helper} (${host})`)];
    const missing = words.text("doctor.helper.missing", { helper, host, file });
    const hint = words.text("doctor.helper.hint");
    return [{ check: "helper", level: "failed", text: missing, code: "CREDENTIAL_HELPER_FAILED", hint }];
  });
  return (await Promise.all(findings)).flat();
}

async function isOnPath(program: string, environment: NodeJS.ProcessEnv): Promise<boolean> {
  const folders = (environment.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const found = await Promise.all(
    folders.map((folder) =>
      access(join(folder, program), constants.X_OK).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}
