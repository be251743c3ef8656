/** The Compose Builder's engine: the same in a page and in a terminal. Nothing in here needs more than a browser has. */
export type { Answers, Edition, ImageSource, SecretsPlace } from "./answers.ts";
export { problemsOf } from "./checks.ts";
export { type ComposeResult, composeFile } from "./compose-file.ts";
export { answerOf, defaultValues, visibleFields, visibleOptions } from "./fields.ts";
export { imageOf, isEdition } from "./images.ts";
export { type ImportedAnswers, type ImportOptions, type ImportResult, importFile } from "./import-file.ts";
export { decodeLink, encodeLink, type SharedAnswers, shareableValues } from "./link.ts";
export { type Problem, type ProblemKey, problemText } from "./problem.ts";
export { newSecret } from "./secret.ts";
export { type SwitchOptions, type SwitchResult, switchSource } from "./switch-source.ts";
