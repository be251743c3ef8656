const characters = new Intl.Segmenter("und", { granularity: "grapheme" });

export function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

/**
 * The beginning of a text that has no more than so many bytes of UTF-8, between two characters as people see them, with
 * the mark at its end. A text that fits stays as it is.
 */
export function cutBytes(text: string, most: number, mark: string): string {
  if (bytesOf(text) <= most) return text;
  const room = most - bytesOf(mark);
  if (room < 0) return "";
  let kept = "";
  let used = 0;
  // Each unit has a byte or more: what comes later is not looked at.
  for (const { segment } of characters.segment(text.slice(0, room + 1))) {
    used += bytesOf(segment);
    if (used > room) break;
    kept += segment;
  }
  return kept + mark;
}

/** The beginning of a text that has no more than so many UTF-16 units, which is how JavaScript and Slack count. */
export function cutLength(text: string, most: number, mark: string): string {
  if (text.length <= most) return text;
  let kept = "";
  for (const { segment } of characters.segment(text.slice(0, most + 1))) {
    if (kept.length + segment.length + mark.length > most) break;
    kept += segment;
  }
  return kept + mark;
}

interface Fitting<T> {
  readonly make: (text: string) => T;
  /** Of what was made, in bytes; each byte of text adds one or more. */
  readonly size: (made: T) => number;
  /** Bytes. */
  readonly most: number;
  readonly mark: string;
}

/** Makes something of a text, or of as much of its beginning as fits. */
export function fitted<T>(text: string, { make, size, most, mark }: Fitting<T>): T {
  const whole = make(text);
  if (size(whole) <= most) return whole;
  let [fits, bursts] = [0, Math.min(bytesOf(text), most) + 1];
  while (bursts - fits > 1) {
    const middle = Math.floor((fits + bursts) / 2);
    if (size(make(cutBytes(text, middle, mark))) <= most) fits = middle;
    else bursts = middle;
  }
  return make(cutBytes(text, fits, mark));
}
