import assert from "node:assert/strict";
import { test } from "node:test";
import * as z from "zod";
import { textOfFixture } from "../fixtures.ts";
import { lintText } from "../lint-text.ts";
import { rules } from "../rules.ts";
import { sarifOf } from "./sarif.ts";

const text = z.strictObject({ text: z.string().min(1) });
const level = z.enum(["none", "note", "warning", "error"]);

/**
 * What we write of SARIF 2.1.0, as its schema has it; strict, so that nothing is written that the schema does not know.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json
 */
const sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z
    .array(
      z.strictObject({
        tool: z.strictObject({
          driver: z.strictObject({
            name: z.string().min(1),
            version: z.string().min(1),
            rules: z.array(
              z.strictObject({
                id: z.string().min(1),
                shortDescription: text,
                helpUri: z.url(),
                help: text,
                defaultConfiguration: z.strictObject({ level }),
              }),
            ),
          }),
        }),
        columnKind: z.enum(["utf16CodeUnits", "unicodeCodePoints"]),
        results: z.array(
          z.strictObject({
            ruleId: z.string(),
            ruleIndex: z.int().min(0),
            level,
            message: text,
            locations: z
              .array(
                z.strictObject({
                  physicalLocation: z.strictObject({
                    // Relative to the root that the base stands for: neither a scheme nor a slash begins it.
                    artifactLocation: z.strictObject({
                      uri: z.string().regex(/^(?![a-z][a-z0-9+.-]*:|\/)[^\s\\]+$/i),
                      uriBaseId: z.literal("%SRCROOT%"),
                    }),
                    region: z.strictObject({ startLine: z.int().min(1), startColumn: z.int().min(1) }),
                  }),
                }),
              )
              .length(1),
          }),
        ),
      }),
    )
    .length(1),
});

for (const language of ["en", "zh-CN"] as const) {
  test(`a log of findings is SARIF, in ${language}`, () => {
    const findings = lintText("my sync.yml", textOfFixture("founding-sync.yml"));
    const facts = { version: "1.2.3", language, pathOf: (file: string) => `.github/workflows/${file}` };
    const { runs } = sarif.parse(JSON.parse(JSON.stringify(sarifOf(findings, facts))));
    const [run] = runs;
    assert.deepEqual(
      run?.tool.driver.rules.map(({ id }) => id),
      rules.map(({ name }) => name),
    );
    assert.equal(run?.results.length, findings.length);
    for (const [at, result] of (run?.results ?? []).entries()) {
      assert.equal(run?.tool.driver.rules[result.ruleIndex]?.id, result.ruleId);
      const [location] = result.locations;
      assert.equal(location?.physicalLocation.artifactLocation.uri, ".github/workflows/my%20sync.yml");
      assert.equal(location?.physicalLocation.region.startLine, findings[at]?.place.line);
    }
  });
}
