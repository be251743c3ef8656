import { COMMAND_ENTRY } from "./bundle.ts";

/** What of package.json the package's own is made from. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** What of package-lock.json the package's own is made from. */
export interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>;
}

/** The folder that the command is in. */
export const COMMAND_FOLDER = "command";

/** bin/slipway where the package is installed. Without an ending, Node goes by package.json's `type`. */
export const LAUNCHER = `#!/usr/bin/env node\nimport "../${COMMAND_FOLDER}/${COMMAND_ENTRY}";\n`;

/** The doors of the checkout, in TypeScript. */
export function entriesOf({ exports }: Manifest): readonly string[] {
  return Object.values(exports).filter(isTypeScript);
}

/** package.json of what is published: the same doors, compiled; nothing of development. */
export function publishedManifest(manifest: Manifest) {
  const { name, version, description, license, engines, exports, dependencies } = manifest;
  const doors = Object.entries(exports).map(([door, file]) => [
    door,
    isTypeScript(file) ? { types: compiled(file, ".d.ts"), default: compiled(file, ".js") } : file,
  ]);
  return {
    ...{ name, version, description, license, type: "module", engines },
    bin: { slipway: "bin/slipway" },
    exports: Object.fromEntries(doors),
    dependencies,
  };
}

/**
 * npm-shrinkwrap.json of what is published: whoever installs it gets the packages that were tested, by their hashes.
 * https://docs.npmjs.com/cli/v11/configuring-npm/npm-shrinkwrap-json
 */
export function shrinkwrap(manifest: Manifest, lock: Lock) {
  const { name, version, license, bin, engines, dependencies } = publishedManifest(manifest);
  const installed = Object.entries(lock.packages).filter(([path, { dev }]) => path !== "" && dev !== true);
  const root = { name, version, license, dependencies, bin, engines };
  return {
    ...{ name, version, lockfileVersion: 3, requires: true },
    packages: { "": root, ...Object.fromEntries(installed) },
  };
}

function isTypeScript(file: string): boolean {
  return file.endsWith(".ts");
}

function compiled(file: string, ending: ".js" | ".d.ts"): string {
  return file.replace(/\.ts$/, ending);
}
