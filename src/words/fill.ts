/** The names between braces in a template, as a union: `"{host} said {status}"` → `"host" | "status"`. */
export type Slots<Template extends string> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Slots<Rest>
  : never;

/** Puts facts into a template's `{slots}`; a slot without a fact stays as it is. */
export function fill(template: string, facts: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (slot, name: string) => String(facts[name] ?? slot));
}

/** The slot names of a template at run time, sorted; for the test that keeps the languages equal. */
export function slotsOf(template: string): readonly string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "").sort();
}
