import type { Channel } from "./channel.ts";

const MASK = "********";
/** A shorter part of an address says nothing, and may be a word. */
const SHORTEST_SECRET = 6;
const LONGEST = 200;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal would obey is what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]+/g;

/** What a receiver said, on one line, without anything of the channel's address or secret that it may have repeated. */
export function redacted(words: string, channel: Channel): string {
  let said = words;
  for (const secret of secretsOf(channel)) said = said.replaceAll(secret, MASK);
  const line = said.replace(CONTROL, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

function secretsOf(channel: Channel): readonly string[] {
  const address = channel.kind === "email" ? channel.smtp : channel.url;
  const url = URL.parse(address);
  const parts =
    url === null
      ? []
      : [
          ...url.pathname.split("/"),
          ...url.searchParams.values(),
          url.search.slice(1),
          url.username,
          url.password,
          decodeURIComponentOr(url.username),
          decodeURIComponentOr(url.password),
        ];
  const secret = channel.kind === "email" ? undefined : channel.secret;
  return [address, secret ?? "", ...parts]
    .filter((part) => part.length >= SHORTEST_SECRET)
    .toSorted((one, other) => other.length - one.length);
}

function decodeURIComponentOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
