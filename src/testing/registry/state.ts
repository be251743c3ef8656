import type { Content } from "./content.ts";
import type { RegistryOptions } from "./options.ts";
import type { Upload } from "./uploads.ts";

/** What handlers share. */
export interface State {
  readonly options: RegistryOptions;
  readonly content: Content;
  readonly uploads: Map<string, Upload>;
  /** `http://127.0.0.1:5000` */
  readonly origin: string;
  /** Where blob GETs are redirected to, if they are. */
  readonly storageOrigin: string | undefined;
  /** What a redirected URL must carry. */
  readonly signature: string;
}
