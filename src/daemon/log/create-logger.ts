import { type Level, type Logger, pino } from "pino";

export interface LoggerOptions {
  readonly level: Level;
  /** Takes an object of JSON at a time, with a line break behind it. */
  readonly write: (json: string) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Names under which nothing is ever written, whoever gives it. */
const SECRET = ["authorization", "cookie", "password", "secret", "token"];

/** A logger that writes a line for each thing that it is told. */
export function createLogger({ level, write, now }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: undefined,
      timestamp: () => `,"time":"${new Date(now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRET.flatMap((name) => [name, `*.${name}`]), censor: "***" },
    },
    { write },
  );
}
