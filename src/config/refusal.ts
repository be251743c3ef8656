import { SlipwayError } from "../words/error.ts";

/** Why a value cannot be used, said where its place in the file is not known; whoever knows it makes the error. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

/** The reason of a refusal, or of an error from the field's own parsers. Any other error is a fault and passes on. */
export function refusalReason(thrown: unknown): string {
  if (thrown instanceof Refusal || thrown instanceof SlipwayError) return thrown.message;
  throw thrown;
}
