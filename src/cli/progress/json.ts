import type { Digest } from "../../oci/digest.ts";
import { remarkText } from "../../release/remark.ts";
import type { Words } from "../../words/words.ts";
import { failureJson } from "../output/failure.ts";
import { outcomeJson } from "../report/report.ts";
import { stepJson } from "../report/step-json.ts";
import type { Clock } from "./clock.ts";
import type { Listener } from "./listener.ts";

function keyOf({ destination, digest }: { readonly destination: string; readonly digest: Digest }): string {
  return `${destination} ${digest}`;
}

/** One blob's way is told once a second at most. */
const MOVING_MILLISECONDS = 1000;

/** One JSON object a line for each event; `event` is its kind. */
export function jsonListener(words: Words, clock: Clock, write: (line: string) => void): Listener {
  const told = new Map<string, number>();
  const emit = (event: string, facts: object) => write(JSON.stringify({ event, ...facts }));
  const isDueFor = (key: string) => {
    const now = clock.now();
    if (now - (told.get(key) ?? Number.NEGATIVE_INFINITY) < MOVING_MILLISECONDS) return false;
    told.set(key, now);
    return true;
  };
  return {
    copy: (event) => {
      const { kind, ...facts } = event;
      switch (event.kind) {
        case "moving":
          return isDueFor(keyOf(event)) ? emit(kind, facts) : undefined;
        case "arrived":
          told.delete(keyOf(event));
          return emit(kind, facts);
        case "retrying":
          return emit(kind, { ...outcomeJson(event.outcome, words), next: event.next, rounds: event.rounds });
        case "ended":
          return emit(kind, outcomeJson(event.outcome, words));
        default:
          return emit(kind, facts);
      }
    },
    registry: (event) => {
      const { kind, ...facts } = event;
      if (kind === "request") return;
      if (event.kind === "retrying")
        return emit("request-retrying", { ...facts, error: failureJson(event.error, words) });
      emit(kind, facts);
    },
    step: (event) => {
      const { kind, ...facts } = event;
      if (event.kind === "step-ended") return emit(kind, stepJson(event.outcome, words));
      if (event.kind === "notice") {
        return emit(kind, { level: "warn", text: remarkText(event.remark, words.language) });
      }
      if (event.kind !== "bytes" || isDueFor(event.subject)) emit(kind, facts);
    },
    notice: (level, text) => emit("notice", { level, text }),
    close: () => undefined,
  };
}
