import { randomUUID } from "node:crypto";
import type { Message } from "../../notify/index.ts";
import { type Language, wordsOf } from "../../words/words.ts";
import { printable } from "../output/width.ts";

/** A message that says that it is a test, and nothing else. */
export function testMessage(project: string): (language: Language) => Message {
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
      lines: [words.text("notify.line.test")],
      links: [],
      cutMark: words.text("notify.cut"),
      data: { project },
    };
  };
}
