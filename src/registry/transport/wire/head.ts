/** The beginning of an HTTP/1.1 answer. Names are lowercase; of repeated headers the values are joined. */
export interface Head {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly keepsAlive: boolean;
}

/** Registries send a few hundred bytes; storage services with signatures a few thousand. */
const MAX_HEAD_BYTES = 64 * 1024;
const END_OF_HEAD = Buffer.from("\r\n\r\n");

const STATUS_LINE = /^HTTP\/1\.([01]) (\d{3})(?: |$)/;
const FIELD = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/;

/**
 * Reads status line and fields, strictly: whatever two parsers could read in two ways is an error.
 * https://www.rfc-editor.org/rfc/rfc9112#section-2.2
 * @throws SyntaxError
 */
export function parseHead(text: string): Head {
  const [statusLine = "", ...lines] = text.split("\r\n");
  const [, minor, status] = STATUS_LINE.exec(statusLine) ?? [];
  if (status === undefined) throw new SyntaxError("it is not an HTTP/1.1 answer");
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = FIELD.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new SyntaxError("a header of it is malformed");
    const known = headers.get(name.toLowerCase());
    if (known !== undefined && name.toLowerCase() === "content-length" && known !== value) {
      throw new SyntaxError("it has two lengths");
    }
    headers.set(name.toLowerCase(), known === undefined || known === value ? value : `${known}, ${value}`);
  }
  const connection = headers.get("connection")?.toLowerCase() ?? "";
  const keepsAlive = minor === "1" ? !connection.includes("close") : connection.includes("keep-alive");
  return { status: Number(status), headers, keepsAlive };
}

/** The bytes of a head, as they come. */
export class HeadGatherer {
  #pending: Buffer = Buffer.alloc(0);

  /**
   * Takes bytes. Once the head is whole it is given with what came behind it, which is body.
   * @throws SyntaxError for one that is malformed or too long
   */
  take(bytes: Uint8Array): { readonly head: Head; readonly rest: Uint8Array } | undefined {
    const all = this.#pending.byteLength === 0 ? Buffer.from(bytes) : Buffer.concat([this.#pending, bytes]);
    const end = all.indexOf(END_OF_HEAD);
    if (end > MAX_HEAD_BYTES || (end < 0 && all.byteLength > MAX_HEAD_BYTES))
      throw new SyntaxError("its head is too long");
    if (end < 0) {
      this.#pending = all;
      return undefined;
    }
    this.#pending = Buffer.alloc(0);
    return {
      head: parseHead(all.subarray(0, end).toString("latin1")),
      rest: all.subarray(end + END_OF_HEAD.byteLength),
    };
  }
}

/** A request's head. @throws TypeError for what would break out of its line */
export function writeHead(method: string, url: URL, headers: Readonly<Record<string, string>>): string {
  const fields = Object.entries({ host: url.host, ...headers }).map(([name, value]) => `${name}: ${value}`);
  const lines = [`${method} ${url.pathname}${url.search} HTTP/1.1`, ...fields];
  if (lines.some((line) => /[\r\n\0]/.test(line))) throw new TypeError("a header holds a line break");
  return `${lines.join("\r\n")}\r\n\r\n`;
}
