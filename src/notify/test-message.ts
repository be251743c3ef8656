import { randomUUID } from "node:crypto";
import { printable } from "../words/printable.ts";
import { type Language, wordsOf } from "../words/words.ts";
import type { Message } from "./message.ts";

/** A message that says that it is a test, and who sent it, and nothing else. */
export function testMessage(project: string, sender: "command" | "serve" = "command"): (language: Language) => Message {
  const id = `msg_${randomUUID()}`;
  const time = new Date();
  return (language) => {
    const words = wordsOf(language);
    return {
      id,
      type: "slipway.test",
      time,
      state: "test",
      title: printable(words.text("notify.title.test", { subject: project })),
      facts: [],
      lines: [words.text(sender === "command" ? "notify.line.test" : "notify.line.test-serve")],
      links: [],
      cutMark: words.text("notify.cut"),
      data: { project },
    };
  };
}
