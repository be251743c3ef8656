import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseTagRule } from "../../metadata/index.ts";
import type { RuleName } from "./finding.ts";
import type { LintContext } from "./rule.ts";

const FOLDER = join(import.meta.dirname, "fixtures");

/** A workflow that a rule finds fault with, and the same mended. The tests hold both, and docs/lint.md shows them. */
export interface Example {
  readonly rule: string;
  /** The rule's name, or that and what is special. */
  readonly name: string;
  readonly bad: string;
  readonly good: string;
}

/** The examples of a rule, the plain one first; of all rules where none is named. */
export function examplesOf(rule?: RuleName): readonly Example[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(".bad.yml"))
    .map((file) => file.slice(0, -".bad.yml".length))
    .toSorted((one, other) => one.localeCompare(other, "en"))
    .map((name) => ({
      rule: name.split(".")[0] ?? name,
      name,
      bad: textOfFixture(`${name}.bad.yml`),
      good: textOfFixture(`${name}.good.yml`),
    }))
    .filter((example) => rule === undefined || example.rule === rule);
}

export function textOfFixture(file: string): string {
  return readFileSync(join(FOLDER, file), "utf8");
}

const CONTRACT: LintContext = {
  contract: {
    images: ["ghcr.io/acme/app"],
    tags: ["{{version}}", "{{major}}.{{minor}}", "latest"].map(parseTagRule),
  },
};

/** What is known besides an example: a `slipway.yaml` beside those that are about one. */
export function contextOf({ rule }: Example): LintContext {
  return rule === "tags-contract" ? CONTRACT : {};
}
