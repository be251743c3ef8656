import { styleText } from "node:util";

export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";
/** Text in a style, or as it is where colours are off. */
export type Paint = (style: Style, text: string) => string;

export const COLOR_CHOICES = ["auto", "always", "never"] as const;
export type ColorChoice = (typeof COLOR_CHOICES)[number];

export const plainPaint: Paint = (_style, text) => text;
const colorPaint: Paint = (style, text) => styleText(style, text, { validateStream: false });

/**
 * Colours for one stream: what the person says, then NO_COLOR and FORCE_COLOR, then whether a terminal is there.
 * https://no-color.org, https://force-color.org
 */
export function paintFor(
  choice: ColorChoice,
  environment: NodeJS.ProcessEnv,
  stream: { readonly isTTY?: boolean },
): Paint {
  if (choice !== "auto") return choice === "always" ? colorPaint : plainPaint;
  if ((environment.NO_COLOR ?? "") !== "") return plainPaint;
  const forced = environment.FORCE_COLOR;
  if (forced !== undefined && forced !== "") return forced === "0" || forced === "false" ? plainPaint : colorPaint;
  return stream.isTTY === true && environment.TERM !== "dumb" ? colorPaint : plainPaint;
}
