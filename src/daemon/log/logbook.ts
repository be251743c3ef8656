import type { SlipwayError } from "../../words/error.ts";
import type { TextKey, Words } from "../../words/words.ts";

/** Where lines go, with what they are about beside them: pino's loggers are such. */
export interface Logger {
  debug(fields: object, line: string): void;
  info(fields: object, line: string): void;
  warn(fields: object, line: string): void;
  error(fields: object, line: string): void;
}

/** What can be told of the daemon: `daemon.event.<name>` in the words. */
type NameOf<K extends TextKey> = K extends `daemon.event.${infer Name}` ? Name : never;
export type EventName = NameOf<TextKey>;

type Fields = Readonly<Record<string, string | number>>;

/** What the daemon does, for whoever runs it: each line has a name, the facts of its words, and what it is about. */
export class Logbook {
  readonly logger: Logger;
  readonly #words: Words;

  constructor(logger: Logger, words: Words) {
    this.logger = logger;
    this.#words = words;
  }

  debug(event: EventName, fields: Fields): void {
    this.logger.debug({ event, ...fields }, this.#line(event, fields));
  }

  info(event: EventName, fields: Fields): void {
    this.logger.info({ event, ...fields }, this.#line(event, fields));
  }

  warn(event: EventName, fields: Fields): void {
    this.logger.warn({ event, ...fields }, this.#line(event, fields));
  }

  /** Something failed: its error in words, and for what Slipway has no name for, where it came from. */
  failed(event: EventName, error: SlipwayError, fields: Fields): void {
    const { message, hint } = this.#words.error(error);
    const stack = error.code === "UNEXPECTED" && error.cause instanceof Error ? { stack: error.cause.stack } : {};
    this.logger.error(
      { event, ...fields, code: error.code, error: message, hint, ...stack },
      this.#line(event, fields),
    );
  }

  #line(event: EventName, fields: Fields): string {
    return this.#words.line(`daemon.event.${event}`, fields);
  }
}
