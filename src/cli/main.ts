/** The command line's entry: what the process brings, and its exit code. */
import manifest from "../../package.json" with { type: "json" };

const argv = process.argv.slice(2);
// Scripts that only ask which version this is should not wait for anything else to load.
if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-V")) {
  process.stdout.write(`${manifest.version}\n`);
} else {
  const { run } = await import("./run.ts");
  const { listenForInterruption } = await import("./interruption.ts");
  using interruption = listenForInterruption();
  // A reader that goes away early (`slipway tags … | head`) is no fault.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  const code = await run(argv, {
    environment: process.env,
    out: process.stdout,
    err: process.stderr,
    signal: interruption.signal,
    version: manifest.version,
  });
  // Nothing that a library left open may keep the process; what was written still goes out.
  process.stdout.write("", () => process.exit(code));
}
