/** The parts of a version that texts of the configuration may name: `{{version}}`, `{{major}}`. */
export const VERSION_SLOTS = ["version", "major", "minor", "patch"] as const;

export type VersionSlot = (typeof VERSION_SLOTS)[number];

export function isVersionSlot(name: string): name is VersionSlot {
  return VERSION_SLOTS.some((slot) => slot === name);
}

/** What stands in double braces in a text, without the space around it, in order. */
export function slotsIn(text: string): readonly string[] {
  return [...text.matchAll(/\{\{([^{}]*)\}\}/g)].map(([, slot = ""]) => slot.trim());
}
