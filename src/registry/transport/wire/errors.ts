/** An error with a code that has a meaning for `mapConnectionError`. */
export function socketError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

/** What a body is told that goes on after the answer has come. */
export function refused(): Promise<void> {
  return Promise.reject(new Error("the receiver wants no more"));
}
