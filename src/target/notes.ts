/**
 * Small texts that outlive the process: where a half-written upload goes on. Whoever goes on with something has it alone:
 * no two processes are given the same note.
 */
export interface Notes {
  /** Gives the text kept under a key and forgets it, also one that a killed process has left. */
  take(key: string): Promise<string | undefined>;
  /** Keeps a text, instead of the one that this process has kept under the key before. */
  keep(key: string, text: string): Promise<void>;
  /** Forgets what this process has kept under the key. */
  forget(key: string): Promise<void>;
}
