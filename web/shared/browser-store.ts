/** Choices of the reader that outlast a page: language and theme. Never what was typed into a form. */
export type Choice = "language" | "theme";

/** @returns nothing where nothing was chosen, or where the browser keeps nothing for this page. */
export function readChoice(choice: Choice): string | undefined {
  try {
    return localStorage.getItem(`slipway.${choice}`) ?? undefined;
  } catch {
    return undefined; // Forbidden by the reader's settings: https://html.spec.whatwg.org/multipage/webstorage.html
  }
}

/** @returns whether it is kept; `undefined` forgets it. */
export function keepChoice(choice: Choice, value: string | undefined): boolean {
  try {
    if (value === undefined) localStorage.removeItem(`slipway.${choice}`);
    else localStorage.setItem(`slipway.${choice}`, value);
    return true;
  } catch {
    return false;
  }
}
