import type { Outcome } from "../copy/outcome.ts";
import { type Arrival, imageName, type Plan, type Removal, type Transfer } from "../copy/plan.ts";
import { shortDigest } from "../oci/digest.ts";
import type { Words } from "../words/words.ts";
import type { Paint } from "./output/color.ts";
import { tableLines } from "./output/table.ts";
import { printable } from "./output/width.ts";
import { type Result, resultOf } from "./result.ts";

/** A plan for people: each image with where it would go, and a sum. What failed to be looked at is in the summary. */
export function planLines(plan: Plan, outcomes: readonly Outcome[], words: Words, paint: Paint): readonly string[] {
  const transfers = plan.transfers.flatMap((transfer) => transferLines(transfer, words, paint));
  const lines = [...transfers, ...removalLines(plan.removals ?? [], words, paint)];
  return [...lines, ...(lines.length > 0 ? [""] : []), sumLine(plan, outcomes, words)];
}

/** The tags that would go. */
export function removalLines(removals: readonly Removal[], words: Words, paint: Paint): readonly string[] {
  const rows = removals.map(({ destination, tag, digest }) => [
    `${paint("red", "-")} ${printable(imageName(destination, tag))}`,
    `${paint("dim", shortDigest(digest))}  ${words.text("plan.remove")}`,
  ]);
  return tableLines(rows);
}

function transferLines(transfer: Transfer, words: Words, paint: Paint): readonly string[] {
  const source = printable(imageName(transfer.source, transfer.reference));
  const rows = transfer.arrivals.map((arrival) => [
    `  ${signOf(arrival, paint)} ${printable(arrivalName(arrival, transfer))}`,
    actionText(arrival, words),
  ]);
  return [`${paint("bold", source)}  ${paint("dim", shortDigest(transfer.root.digest))}`, ...tableLines(rows)];
}

function arrivalName({ destination, tag }: Arrival, transfer: Transfer): string {
  return tag === undefined ? `${destination}@${shortDigest(transfer.root.digest)}` : imageName(destination, tag);
}

function signOf({ action }: Arrival, paint: Paint): string {
  return { create: paint("green", "+"), update: paint("yellow", "~"), complete: paint("cyan", "+") }[action];
}

function actionText(arrival: Arrival, words: Words): string {
  if (arrival.action === "update") return words.text("plan.update", { previous: shortDigest(arrival.previous) });
  return words.text(`plan.${arrival.action}`);
}

function sumLine(plan: Plan, outcomes: readonly Outcome[], words: Words): string {
  const arrivals = plan.transfers.flatMap((transfer) => transfer.arrivals);
  const action = (name: Arrival["action"]) => arrivals.filter((arrival) => arrival.action === name).length;
  const result = (name: Result) => outcomes.filter((outcome) => resultOf(outcome) === name).length;
  const counts = [
    { key: "count.create", count: action("create") },
    { key: "count.update", count: action("update") },
    { key: "count.complete", count: action("complete") },
    { key: "count.remove", count: plan.removals?.length ?? 0 },
    { key: "count.in-step", count: result("in-step") },
    { key: "count.platform", count: result("platform") },
    { key: "count.impossible", count: result("failed") },
  ] as const;
  const said = counts.filter(({ count }) => count > 0).map(({ key, count }) => words.text(key, { count }));
  return said.length === 0 ? words.text("count.nothing") : said.join(" · ");
}
