// Before the first paint: the theme that the reader chose. A file of its own, as the pages' policy allows no inline script.
try {
  const theme = localStorage.getItem("slipway.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // The browser keeps nothing for this page: it looks as the system does.
}
