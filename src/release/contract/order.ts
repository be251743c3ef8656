import type { Words } from "../../words/words.ts";
import { targetsMermaid } from "../targets-mermaid.ts";
import { code, fenced, heading, numbered } from "./markdown.ts";
import type { ContractMaterial, Section } from "./material.ts";
import { runEdition } from "./samples.ts";

/** What comes before what. */
export const orderSection: Section = (material, words) => {
  const { targets, publishing } = material;
  const rule = publishing.release === undefined ? "contract.order.rule.no-release" : "contract.order.rule";
  return [
    heading(words.text("contract.order")),
    words.text(rule),
    fenced("mermaid", [targetsMermaid(targets).trimEnd()]),
    numbered(steps(material, words)),
    words.text("contract.order.alone"),
  ];
};

function steps(material: ContractMaterial, words: Words): readonly string[] {
  const { outlets, publishing } = material;
  const { source, release } = publishing;
  const { floating } = runEdition(material, "release");
  const folder = source?.unpack;
  return [
    words.text(release === undefined ? "contract.order.preflight.no-release" : "contract.order.preflight"),
    ...(source === undefined ? [] : [words.text("contract.order.download")]),
    ...(folder === undefined ? [] : [words.text("contract.order.unpack", { folder: code(folder) })]),
    words.text(source === undefined ? "contract.order.build" : "contract.order.build.source"),
    words.text(outlets.length === 1 ? "contract.order.push" : "contract.order.pushes"),
    words.text(outlets.length === 1 ? "contract.order.compare.one" : "contract.order.compare"),
    ...(release === undefined ? [] : [words.text("contract.order.release")]),
    words.text(floating.length === 0 ? "contract.order.floating.none" : "contract.order.floating"),
  ];
}
