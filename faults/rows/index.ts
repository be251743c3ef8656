import type { Row } from "../row.ts";
import { addresses } from "./addresses.ts";
import { archives } from "./archives.ts";
import { callers } from "./callers.ts";
import { content } from "./content.ts";
import { credentials } from "./credentials.ts";
import { daemon } from "./daemon.ts";
import { destinations } from "./destinations.ts";
import { endless } from "./endless.ts";
import { manifests } from "./manifests.ts";
import { pauses } from "./pauses.ts";
import { reading } from "./reading.ts";
import { releases } from "./releases.ts";
import { uploads } from "./uploads.ts";
import { yaml } from "./yaml.ts";

/** The whole table: attacks and bad input (S), then faults (F). */
export const ROWS: readonly Row[] = [
  ...credentials,
  ...addresses,
  ...content,
  ...endless,
  ...archives,
  ...yaml,
  ...reading,
  ...pauses,
  ...uploads,
  ...manifests,
  ...destinations,
  ...releases,
  ...callers,
  ...daemon,
].sort((one, other) => place(one) - place(other));

function place({ id }: Row): number {
  return (id.startsWith("S") ? 0 : 1000) + Number(id.slice(1));
}
