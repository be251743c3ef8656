import type { Words } from "../../words/words.ts";
import { escapeText } from "./escape.ts";

/** The page that asks for a token where even the dashboard's own pages are for readers alone. It needs no script. */
export function loginPage(words: Words, complaint?: string): string {
  const said = complaint === undefined ? "" : `<p role="alert">${escapeText(complaint)}</p>`;
  const title = words.text("daemon.page.login");
  return page(
    words,
    title,
    `${said}<form method="post" action="login"><label for="token">${escapeText(words.text("daemon.page.token"))}</label>
<input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
<button type="submit">${escapeText(words.text("daemon.page.log-in"))}</button></form>`,
  );
}

/** In place of a dashboard that has not been built. */
export function unbuiltPage(words: Words): string {
  return page(words, words.text("daemon.page.unbuilt"), `<p>${escapeText(words.text("daemon.page.unbuilt-how"))}</p>`);
}

function page(words: Words, title: string, content: string): string {
  return `<!doctype html>
<html lang="${words.language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(title)}</title><link rel="stylesheet" href="plain.css"></head>
<body><main><h1>${escapeText(title)}</h1>
${content}
</main></body>
</html>
`;
}

/** Of those two pages. */
export const PLAIN_STYLE = `:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 26rem; margin: 15vh auto 0; padding: 0 1rem; }
form { display: grid; gap: 0.5rem; }
input, button { font: inherit; padding: 0.5rem; }
`;
