/** Errors, and their words in every language. */
export { type ErrorCode, type Side, SlipwayError } from "./error.ts";
export { type Language, type Words, wordsOf } from "./words.ts";
