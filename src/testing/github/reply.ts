/** What an operation answers; `bytes` in place of JSON. */
export interface Reply<T> {
  readonly status: number;
  readonly body?: T;
  readonly bytes?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}
