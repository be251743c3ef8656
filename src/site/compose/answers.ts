import type { FieldValues } from "./form.ts";

/** Which edition of the image: by a tag, which may move, or by its digest, which cannot. */
export type Edition =
  | { readonly kind: "tag"; readonly tag: string }
  | { readonly kind: "digest"; readonly digest: string };

/** Where secrets stand: in the file itself, or in a `.env` beside it, with `${NAME}` in the file. */
export type SecretsPlace = "file" | "env";

/** All that a person has answered: what a file is made of, what a link carries, what is read from a file. */
export interface Answers {
  /** The id of a source. */
  readonly source: string;
  readonly edition: Edition;
  /** What is not there is as the form says. */
  readonly values: FieldValues;
  readonly secrets: SecretsPlace;
}

/** What the engine needs to know of a source. */
export interface ImageSource {
  readonly id: string;
  /** Without tag, as it is written into a compose file. */
  readonly image: string;
  /** Addresses that it stands in place of. */
  readonly replaces?: readonly { readonly image: string }[];
}
