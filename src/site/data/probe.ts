const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/;
/** Addresses and names of a network of one's own: https://www.rfc-editor.org/rfc/rfc1918, rfc4193, rfc6762, rfc8375 and the like. */
const PRIVATE =
  /^(?:(?:10|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.[\d.]+|\[f[cde][0-9a-f:]+\]|[^.[\]]+|.+\.(?:local|lan|internal|intranet|corp|home\.arpa))(?::\d+)?$/i;

/**
 * What a page may ask of a registry's host to measure the way there: the entrance of its API, which every registry answers
 * to, if only to ask for a login. A page learns nothing of the answer but when it came. None for hosts that strangers
 * cannot reach: their browser would ask them whether the page may look around in their own network.
 * @param tls what the configuration says
 */
export function probeOf(host: string, tls: boolean | undefined): string | undefined {
  if (host === "docker.io") return "https://registry-1.docker.io/v2/";
  if (LOOPBACK.test(host)) return `${tls === true ? "https" : "http"}://${host}/v2/`;
  if (PRIVATE.test(host)) return undefined;
  return `${tls === false ? "http" : "https"}://${host}/v2/`;
}
