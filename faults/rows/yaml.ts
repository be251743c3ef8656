import { MiB } from "../figures.ts";
import { type Row, verdict } from "../row.ts";

const MIRRORS = "mirrors:\n  - { from: a.example/b, to: c.example/d }\n";

/** Ten anchors, each nine times the one before it. */
const BOMB = [
  "version: 1",
  "x0: &x0 [a.example/b]",
  ...Array.from({ length: 10 }, (_, at) => `x${at + 1}: &x${at + 1} [${Array(9).fill(`*x${at}`).join(", ")}]`),
].join("\n");

const FILES: Readonly<Record<string, string>> = {
  "an alias bomb": BOMB,
  "an alias to itself": `version: 1\nname: &a [*a]\n${MIRRORS}`,
  "`__proto__`": `version: 1\n__proto__: { polluted: true }\n${MIRRORS}`,
  "a merge key that merges no mapping": `version: 1\n<<: [text]\n${MIRRORS}`,
  "3 million open brackets": `version: 1\nname: ${"[".repeat(3 * MiB)}`,
  "as many, and closed": `version: 1\nname: ${"[".repeat(1.5 * MiB)}${"]".repeat(1.5 * MiB)}\n${MIRRORS}`,
  "2 million dashes": `version: 1\nname:\n${"- ".repeat(2 * MiB - 100)}`,
  "10 MB of nesting": `version: 1\nname: ${"[".repeat(5 * MiB)}${"]".repeat(5 * MiB)}\n${MIRRORS}`,
};

const PLACED = /error: (.*\/)?slipway\.yaml:\d+:\d+: /;
const TOO_LARGE = /error: .*slipway\.yaml cannot be read: it is larger than/;

/** The configuration is somebody else's. */
export const yaml: readonly Row[] = [
  {
    id: "S33",
    injected: `slipway.yaml with ${Object.keys(FILES).join(", ")}`,
    required: "an error with the line, soon; a file of more than 4 MiB is not read",
    players: "slipway",
    play: async (slipway) => {
      const checks: Record<string, boolean> = {};
      let slowest = 0;
      for (const [name, text] of Object.entries(FILES)) {
        const run = await slipway.run(["config", "check"], { files: { "slipway.yaml": text } });
        slowest = Math.max(slowest, run.seconds);
        checks[`${name}: exit code 2`] = run.code === 2;
        checks[`${name}: an error with its line, or with the size`] =
          PLACED.test(run.output) || TOO_LARGE.test(run.output);
        checks[`${name}: within 10 s`] = run.seconds < 10;
        checks[`${name}: within 512 MiB`] = run.peakBytes < 512 * MiB;
      }
      return verdict("one error with its line", checks, slowest < 10 ? "≤ 10 s each" : `${slowest} s`);
    },
  },
];
