const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML takes none of them
const CONTROL = /[\u0000-\u001f\u007f-\u009f\ufffe\uffff]|\p{Cs}/gu;

/** A text as it may stand in HTML and XML, between tags and in quoted attributes. */
export function escapeText(text: string): string {
  return text.replace(CONTROL, " ").replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
