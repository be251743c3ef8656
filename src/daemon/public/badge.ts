import type { MirrorHealth } from "../api/shapes.ts";
import type { MirrorState } from "../status/mirror-state.ts";
import { escapeText } from "./escape.ts";

const COLOURS: Readonly<Record<MirrorHealth, string>> = {
  "in-step": "#2f8132",
  behind: "#8a6100",
  failing: "#c02d1d",
  silent: "#c02d1d",
  unknown: "#666666",
};
const LONGEST = 60;

/** What a badge says of a mirror. */
export function badgeText({ health, tags }: MirrorState): string {
  switch (health) {
    case "in-step":
      return "in step";
    case "behind":
      return `behind by ${tags?.behind ?? 0}`;
    default:
      return health;
  }
}

/** A badge for a README: a label, and how the mirror is. Scripts, links and fonts from elsewhere are not in it. */
export function badge(label: string, text: string, health: MirrorHealth): string {
  const [left, right] = [shortened(label), shortened(text)];
  const [a, b] = [widthOf(left), widthOf(right)];
  const said = escapeText(`${left}: ${right}`);
  const write = (words: string, x: number) => `<text x="${x}" y="14">${escapeText(words)}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${a + b}" height="20" role="img" aria-label="${said}"><title>${said}</title><clipPath id="r"><rect width="${a + b}" height="20" rx="3"/></clipPath><g clip-path="url(#r)"><rect width="${a}" height="20" fill="#444444"/><rect x="${a}" width="${b}" height="20" fill="${COLOURS[health]}"/></g><g fill="#ffffff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">${write(left, a / 2)}${write(right, a + b / 2)}</g></svg>\n`;
}

function shortened(text: string): string {
  const characters = [...text.trim()];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join("")}…` : characters.join("");
}

/** Pixels, nearly: letters of Verdana are 7 wide, those of Chinese 11. */
function widthOf(text: string): number {
  let width = 10;
  for (const character of text) width += (character.codePointAt(0) ?? 0) < 0x3000 ? 7 : 11;
  return width;
}
