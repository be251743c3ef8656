/** Whether plain HTTP to it stays on this machine. https://www.rfc-editor.org/rfc/rfc6761#section-6.3 */
export function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === "http:" && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}
