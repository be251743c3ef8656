import { join } from "node:path";
import { bundledPackages, writeLicenses } from "./licenses.ts";

const ROOT = join(import.meta.dirname, "../..");

/** What `slipway` begins with, below the folder that `bundleCommand` is given. */
export const COMMAND_ENTRY = "installed.js";

/**
 * Puts the command into few files: it and all that it imports, so that it starts in less than half the time: Node takes long
 * to find and read a thousand small ones. What a command does not need stays in files that it does not load.
 */
export async function bundleCommand(folder: string): Promise<void> {
  const { rolldown } = await import("rolldown"); // most who load this file find the command built
  const build = await rolldown({
    input: join(ROOT, "src/cli/installed.ts"),
    platform: "node",
    // only where it is installed beside the driver, and never by us
    external: ["pg-native"],
    logLevel: "warn",
    onLog: (level, log, pass) => {
      if (level === "warn") throw new Error(log.message);
      pass(level, log);
    },
  });
  try {
    const { output } = await build.write({
      dir: folder,
      format: "esm",
      entryFileNames: COMMAND_ENTRY,
      chunkFileNames: "[name]-[hash].js",
    });
    await writeLicenses(join(folder, "LICENSES.md"), bundledPackages(output, join(ROOT, "node_modules")));
  } finally {
    await build.close();
  }
}
