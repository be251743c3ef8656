import { heading, plain, table } from "./markdown.ts";
import { listed, type Section } from "./material.ts";
import { runEdition, VERSION } from "./samples.ts";

/** What a failure leaves behind, and what goes on. */
export const failuresSection: Section = (material, words) => {
  const { outlets, publishing } = material;
  const { floating } = runEdition(material, "release");
  const optional = outlets.filter(({ required }) => !required).map(({ name }) => plain(name));
  const hasRelease = publishing.release !== undefined;
  const needsPrimary = publishing.build?.with !== "layers" && outlets.length > 1;
  const requiredRow = [
    words.text("contract.failures.required"),
    words.text(outlets.length === 1 ? "contract.failures.required.then.one" : "contract.failures.required.then"),
    words.text("contract.failures.required.exit"),
  ];
  const row = (key: "before" | "other" | "release" | "primary") => [
    words.text(`contract.failures.${key}`),
    words.text(`contract.failures.${key}.then`),
    words.text(`contract.failures.${key}.exit`),
  ];
  const optionalRow = [
    words.text("contract.failures.optional", { registries: listed(optional, words) }),
    words.text("contract.failures.optional.then"),
    words.text("contract.failures.optional.exit"),
  ];
  const floatingRow = [
    words.text("contract.failures.floating"),
    words.text(hasRelease ? "contract.failures.floating.then" : "contract.failures.floating.then.no-release"),
    words.text("contract.failures.floating.exit"),
  ];
  return [
    heading(words.text("contract.failures")),
    words.text(hasRelease ? "contract.failures.rule" : "contract.failures.rule.no-release"),
    words.text(hasRelease ? "contract.failures.again" : "contract.failures.again.no-release", { version: VERSION }),
    table(
      (["what", "then", "exit"] as const).map((key) => words.text(`contract.failures.head.${key}`)),
      [
        row("before"),
        ...(needsPrimary ? [row("primary")] : []),
        row("other"),
        ...(optional.length < outlets.length ? [requiredRow] : []),
        ...(optional.length > 0 ? [optionalRow] : []),
        ...(hasRelease ? [row("release")] : []),
        ...(floating.length > 0 ? [floatingRow] : []),
      ],
    ),
  ];
};
