import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/** What of a file that a bundler wrote tells where its code is from. */
type Written = { readonly type: "chunk"; readonly moduleIds: readonly string[] } | { readonly type: "asset" };

/**
 * The folders of the packages that code was taken from, sorted.
 * @param modules the folder that npm has put them in
 */
export function bundledPackages(output: readonly Written[], modules: string): readonly string[] {
  const files = output.flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
  const folders = files.flatMap((file) => folderOf(file, modules) ?? []);
  return [...new Set(folders)].sort();
}

/** `node_modules/@scope/name` of a file below, or of one that is below another package's own `node_modules`. */
function folderOf(file: string, modules: string): string | undefined {
  const path = relative(modules, file.replace(/^\0/, "").replace(/\?.*$/, ""));
  if (path.startsWith("..")) return undefined;
  const [folder] = /^(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(path.split(sep).join("/")) ?? [];
  return folder === undefined ? undefined : join(modules, folder);
}

/** Writes the licences of packages, and the texts that they bring: those are to be told wherever the code is. */
export async function writeLicenses(file: string, packages: readonly string[]): Promise<void> {
  const texts = await Promise.all(packages.map(licenseOf));
  await writeFile(file, `# Code of others in this folder, and its licences\n\n${texts.join("\n")}`);
}

async function licenseOf(folder: string): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const files = (await readdir(folder)).filter((entry) => /^(?:licen[cs]e|notice|copying)(?:[.-]|$)/i.test(entry));
  const texts = await Promise.all(files.sort().map((entry) => readFile(join(folder, entry), "utf8")));
  const quoted = texts.map((text) => `\`\`\`text\n${text.trim()}\n\`\`\`\n`);
  return [`## ${name} ${version}\n`, `${license}\n`, ...quoted].join("\n");
}
