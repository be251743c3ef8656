import type { CopyEvent } from "../../copy/events.ts";
import type { Outcome, Subject } from "../../copy/outcome.ts";
import { shortDigest } from "../../oci/digest.ts";
import type { RegistryEvent } from "../../registry/events.ts";
import type { SlipwayError } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import { LOG_LEVELS, type LogLevel } from "../globals.ts";
import { adaptedText } from "../output/adapted.ts";
import type { Paint } from "../output/color.ts";
import { formatBytes, formatSeconds } from "../output/units.ts";
import { printable } from "../output/width.ts";

export interface LineStyle {
  readonly words: Words;
  readonly paint: Paint;
  /** What is less urgent is not said. */
  readonly level: LogLevel;
  /** How much of an image's error is said: only its code where a summary with all of it follows, as on a terminal. */
  readonly errors: "code" | "message";
}

export function isSaid(level: LogLevel, threshold: LogLevel): boolean {
  return LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(threshold);
}

/** One line for what became of an image: `✓ a → b  sha256:0123…  1.2 MB`. */
export function outcomeLine(outcome: Outcome, style: LineStyle): string {
  const { words, paint } = style;
  const path = pathOf(outcome);
  const digest = outcome.digest === undefined ? "" : paint("dim", `  ${shortDigest(outcome.digest)}`);
  const change = adaptedText(outcome, words);
  const adapted = change === undefined ? "" : paint("yellow", `  ${change}`);
  switch (outcome.status) {
    case "copied":
      return `${paint("green", "✓")} ${path}${digest}${sentText(outcome, words)}${adapted}`;
    case "skipped":
      return `${paint("dim", "=")} ${path}${digest}  ${words.text(`skip.${outcome.reason}`)}${adapted}`;
    case "removed":
      return `${paint("yellow", "-")} ${printable(outcome.destination)}${digest}  ${words.text("result.removed")}`;
    case "failed":
      return `${paint("red", "✗")} ${path}  ${errorText(outcome.error, style)}`;
  }
}

function pathOf({ source, destination }: Subject): string {
  return printable(`${source} → ${destination}`);
}

function errorText(error: SlipwayError, { words, errors }: LineStyle): string {
  return errors === "code" ? error.code : printable(words.error(error).message);
}

/** What it took to get it there, where it took anything. */
function sentText({ bytesWritten, bytesMounted }: Outcome, words: Words): string {
  if (bytesWritten > 0) return `  ${formatBytes(bytesWritten)}`;
  return bytesMounted > 0 ? `  ${words.text("bytes.mounted", { bytes: formatBytes(bytesMounted) })}` : "";
}

/** How urgent it is to say what became of an image. */
export function outcomeLevel(outcome: Outcome): LogLevel {
  if (outcome.status !== "failed") return "info";
  return outcome.error.code === "INTERRUPTED" ? "debug" : "error";
}

/** The line for an event that is said when it happens; undefined for what only moves a display. */
export function copyLine(event: CopyEvent, style: LineStyle): { level: LogLevel; line: string } | undefined {
  const { words, paint } = style;
  switch (event.kind) {
    case "ended":
      return { level: outcomeLevel(event.outcome), line: outcomeLine(event.outcome, style) };
    case "retrying": {
      const { outcome, next, rounds } = event;
      const again = words.text("event.again", { error: errorText(outcome.error, style), next, rounds });
      return { level: "warn", line: `${paint("yellow", "↻")} ${pathOf(outcome)}  ${again}` };
    }
    case "arrived":
      return {
        level: "debug",
        line: `${printable(event.destination)} ${shortDigest(event.digest)} ${formatBytes(event.size)} ${event.how}`,
      };
    default:
      return undefined;
  }
}

export function registryLine(event: RegistryEvent, style: LineStyle): { level: LogLevel; line: string } {
  const { words, paint } = style;
  switch (event.kind) {
    case "waiting":
      return { level: "info", line: `${paint("yellow", "…")} ${waitingText(event, words)}` };
    case "retrying": {
      const error = printable(words.error(event.error).message);
      const text = words.text("event.retry", { attempt: event.attempt, error });
      return { level: "info", line: `${paint("yellow", "↻")} ${text}` };
    }
    case "request":
      return {
        level: "debug",
        line: `${event.method} ${printable(event.url)} ${event.status} ${Math.round(event.milliseconds)} ms`,
      };
  }
}

export function waitingText(event: RegistryEvent & { readonly kind: "waiting" }, words: Words): string {
  const why = words.text(`waiting.${event.reason}`);
  return words.text("event.waiting", { host: event.host, time: formatSeconds(event.seconds), why });
}

export function noticeLine(
  level: "info" | "warn",
  text: string,
  { words, paint }: Pick<LineStyle, "words" | "paint">,
): string {
  const mark =
    level === "warn" ? paint("yellow", words.text("notice.warning")) : paint("cyan", words.text("notice.note"));
  return `${mark}${printable(text)}`;
}
