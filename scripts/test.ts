/**
 * `npm test`: everything that must hold, with one closing line.
 * `npm test -- TEXT`: only the test files whose path contains TEXT.
 */
import { commandSection } from "./support/built-command.ts";
import { scriptSection } from "./support/command.ts";
import { runSections } from "./support/section.ts";
import { matchingSection, suiteSection } from "./support/suites.ts";
import { toolsSection } from "./support/tools.ts";

const text = process.argv[2];
const sections =
  text === undefined
    ? [
        toolsSection(),
        scriptSection("lint"),
        scriptSection("types"),
        scriptSection("web"),
        commandSection(),
        suiteSection("unit", "end-to-end", "example"),
      ]
    : [toolsSection(), commandSection(), matchingSection(text)];

process.exitCode = await runSections(sections);
