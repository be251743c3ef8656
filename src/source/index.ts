/** Where a package comes from, and what is in it: download and unpack. */
export { download } from "./download/download.ts";
export { lookAt, type SeenPackage } from "./download/look.ts";
export { beginningOfSas, expiryOfSas } from "./download/sas.ts";
export { sasProblem } from "./download/sas-problem.ts";
export { digestOfFile } from "./hash-file.ts";
export type {
  AzureBlobOrigin,
  DownloadEvent,
  Downloaded,
  DownloadedFile,
  DownloadOptions,
  HttpsOrigin,
  LocalOrigin,
  Origin,
  Patience,
  PresentFolder,
} from "./origin.ts";
export type { UnpackLimits } from "./unpack/limits.ts";
export { type Unpacked, type UnpackOptions, unpack } from "./unpack/unpack.ts";
