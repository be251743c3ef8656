import { AsyncLocalStorage } from "node:async_hooks";
import type { RegistryEvent } from "../../registry/events.ts";

type Listen = (event: RegistryEvent) => void;

const current = new AsyncLocalStorage<Listen>();

/**
 * Jobs share one client, so that limits and logins belong to a host whoever asks; what it tells is told to the job that
 * asked.
 */
export function attributed<T>(listen: Listen, work: () => Promise<T>): Promise<T> {
  return current.run(listen, work);
}

/** For the client: tells whoever made the request. */
export const tellAsker: Listen = (event) => current.getStore()?.(event);
