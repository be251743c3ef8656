/** What the components say that all pages in the browser share. */
export const webText = {
  "web.language": "Language",
  "web.theme": "Colours",
  "web.theme.auto": "As the system",
  "web.theme.light": "Light",
  "web.theme.dark": "Dark",
  "web.menu": "Menu",
  "web.skip": "Skip to the content",
  "web.opens-elsewhere": "(another site)",
  "web.close": "Close",
  "web.copy": "Copy",
  "web.copied": "Copied",
  "web.copy-by-hand": "The browser does not let this page copy. Select the text and copy it yourself.",
  "web.optional": "optional",
  "web.show": "Show",
  "web.hide": "Hide",
  "web.loading": "Loading …",
} as const;
