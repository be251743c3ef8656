/** Where this GitHub says that its parts are. */
export interface Addresses {
  /** `http://127.0.0.1:1234` or `…/api/v3`: what a client is given. */
  readonly api: string;
  /** The same for uploads: another origin at github.com, `…/api/uploads` at an Enterprise server. */
  readonly uploads: string;
  /** The pages for people; nothing answers there. */
  readonly pages: string;
}
