import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ROUTES } from "../routes/all.ts";
import { openApiDocument } from "./document.ts";

/** Where the document is kept, for those who make clients of it. */
export const FILE = fileURLToPath(new URL("../../../../schema/openapi.json", import.meta.url));

/** The document as it is kept. */
export function writtenDocument(): string {
  return `${JSON.stringify(openApiDocument(ROUTES), undefined, 2)}\n`;
}

if (import.meta.main) writeFileSync(FILE, writtenDocument());
