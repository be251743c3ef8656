/** `npm run check`: what a change should be held against every few minutes; nothing is installed for it. */
import { scriptSection } from "./support/command.ts";
import { runSections } from "./support/section.ts";
import { suiteSection } from "./support/suites.ts";

process.exitCode = await runSections([scriptSection("lint"), scriptSection("types"), suiteSection("unit")]);
