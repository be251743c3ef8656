import { Cron } from "croner";
import { Refusal } from "./refusal.ts";

/** When a mirror is brought in step by itself. */
export type Schedule =
  | {
      readonly kind: "every";
      /** Milliseconds from one beginning to the next. */
      readonly every: number;
    }
  | {
      readonly kind: "cron";
      readonly cron: string;
      /** IANA's name. */
      readonly timeZone: string;
    };

/** Five fields, or six with seconds first. @throws Refusal */
export function parseCron(value: string): void {
  try {
    new Cron(value, { paused: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace(/^CronPattern: /, "") : String(cause);
    throw new Refusal(`expected five fields, such as "0 0 * * *": ${reason}`);
  }
}

/** @throws Refusal */
export function parseTimeZone(value: string): void {
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
  } catch {
    throw new Refusal("expected a time zone, such as Asia/Shanghai or UTC");
  }
}
