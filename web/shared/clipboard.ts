/**
 * Puts a text into the clipboard. The clipboard's own interface exists on HTTPS and on this machine only, so a page that is
 * served over HTTP copies a selection, as browsers have always let it: https://developer.mozilla.org/docs/Web/API/Document/execCommand
 * @returns whether it is there.
 */
export async function copyText(text: string): Promise<boolean> {
  if (isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // The reader or a policy forbids it; the older way may still be allowed.
    }
  }
  return copyBySelection(text);
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.readOnly = true;
  area.className = "fixed top-0 left-0 size-px opacity-0";
  // Everything outside an open dialog is inert, and what is inert cannot be selected.
  (focused?.closest("dialog") ?? document.body).append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
}
