const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** So many letters and digits that nobody can guess. */
export function newSecret(length: number): string {
  const letters: string[] = [];
  while (letters.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(64))) {
      // 248 is the largest multiple of 62 in a byte: what is beyond it would favour the first letters.
      if (byte < 248 && letters.length < length) letters.push(LETTERS.charAt(byte % LETTERS.length));
    }
  }
  return letters.join("");
}
