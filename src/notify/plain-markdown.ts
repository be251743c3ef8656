const TWINS: Readonly<Record<string, string>> = {
  "<": "＜",
  ">": "＞",
  "[": "［",
  "]": "］",
  "*": "＊",
  "`": "'",
  "#": "＃",
};

/**
 * Text from elsewhere for the Markdown of DingTalk and WeCom, which know no way to escape a sign: those that could make
 * a link, a picture or a mention are shown by twins without a meaning.
 */
export function plainMarkdown(text: string): string {
  return text.replace(/[<>[\]*`#]/g, (sign) => TWINS[sign] ?? sign);
}

/** A link of ours; signs that could end its address early are encoded. */
export function markdownLink(text: string, url: string): string {
  const safe = url.replace(/[()<>\s]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);
  return `[${plainMarkdown(text)}](${safe})`;
}
