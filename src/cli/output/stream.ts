/** What of a process's stream is used here: `process.stdout` is one, a test's recorder another. */
export interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  write(data: string | Uint8Array): unknown;
}
