const ELEMENT = /<(\w+)>([^<]*)<\/\1>/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/**
 * The elements of an answer of AWS's query protocol that hold text, by name, the first of each. Its answers are flat
 * enough for that, and their names do not repeat with other meanings.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function readElements(xml: string): Readonly<Record<string, string>> {
  const found = new Map<string, string>();
  for (const [, name = "", text = ""] of xml.matchAll(ELEMENT)) if (!found.has(name)) found.set(name, unescaped(text));
  return Object.fromEntries(found);
}

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (entity, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name] ?? entity;
    const point = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    return point <= 0x10ffff ? String.fromCodePoint(point) : entity;
  });
}
