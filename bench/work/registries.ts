import { startDockerRegistry } from "../../src/testing/index.ts";
import { startHonestRegistry } from "../measure/honest-registry.ts";
import type { Size } from "./sizes.ts";

/** A registry that runs. */
export interface StartedRegistry extends AsyncDisposable {
  /** `127.0.0.1:5000` */
  readonly host: string;
}

/** Which registry gives and receives. */
export interface RegistryKind {
  start(size: Size): Promise<StartedRegistry>;
  /** It has the shipment when it starts; otherwise it is empty. */
  readonly isFilled?: true;
}

/** Debian's docker-registry; it forgets an upload whose connection breaks. */
export const DEBIAN: RegistryKind = { start: () => startDockerRegistry() };

/** Keeps what it has of an upload whose connection breaks, as distribution 3 does. */
export const KEEPING: RegistryKind = { start: () => startHonestRegistry(0) };

/** Has a repository with as many tags as are surveyed, or a tenth of them. */
export const LISTING: RegistryKind = { start: ({ surveyed }) => startHonestRegistry(surveyed), isFilled: true };
export const LISTING_A_TENTH: RegistryKind = {
  start: ({ surveyed }) => startHonestRegistry(surveyed / 10),
  isFilled: true,
};
