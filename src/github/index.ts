/** GitHub: releases of one repository, and what a run of Actions knows of itself. */
export { setOutput } from "./actions/output.ts";
export { readActionsRun } from "./actions/read-run.ts";
export type { ActionsEvent, ActionsRun } from "./actions/run.ts";
export { assetNameOnGitHub } from "./asset-name.ts";
export { type AssetConflict, type AssetPlan, assetProblems, type Flaw, type WantedAsset } from "./asset-problems.ts";
export type { AssetUpload, DraftChanges, GitHub, NewDraft, NotesRange, Publication } from "./contract.ts";
export type { GitHubEvent } from "./events.ts";
export { openGitHub } from "./github.ts";
export { composeNotes, MOST_NOTES_CHARACTERS } from "./notes.ts";
export type { GitHubOptions, RetryPolicy, Silence } from "./options.ts";
export type { Asset, Release, ReleaseKey } from "./release.ts";
export { parseRepositoryName, type RepositoryName } from "./repository-name.ts";
export type { Rights, TagFate } from "./rights.ts";
export { type FoundToken, tokenFrom } from "./token.ts";
export { tokenEnd } from "./token-end.ts";
