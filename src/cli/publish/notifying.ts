import type { News } from "../notify/news.ts";
import type { Notifying } from "../notify/notifier.ts";
import type { OpenedProject } from "./project.ts";

/** Whom a command that publishes tells; nobody of what would be done, nor where that is not wanted. */
export function notifyingOf(
  { project, notify = [] }: OpenedProject,
  work: News["work"],
  options: { readonly notify: boolean; readonly dryRun: boolean },
): Notifying | undefined {
  if (!options.notify || options.dryRun) return undefined;
  return { work, project: project.name, folder: project.folder, channels: notify };
}
