import { createInterface } from "node:readline/promises";
import { failure } from "../../words/error.ts";
import type { Prompt } from "./questions.ts";

/** Where answers come from and questions go. */
export interface Streams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** Asks over streams, one line an answer. Where the answers end, so does the command. */
export function openPrompt({ input, output }: Streams, signal: AbortSignal): Prompt & Disposable {
  const lines = createInterface({ input, output });
  const answers = lines[Symbol.asyncIterator]();
  const stop = () => lines.close();
  signal.addEventListener("abort", stop, { once: true });
  return {
    ask: async (question) => {
      output.write(question);
      const { value, done } = await answers.next();
      if (done === true || signal.aborted) throw failure("INTERRUPTED", {});
      return value;
    },
    tell: (line) => {
      output.write(`${line}\n`);
    },
    [Symbol.dispose]: () => {
      signal.removeEventListener("abort", stop);
      lines.close();
    },
  };
}
