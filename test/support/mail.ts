import { text } from "node:stream/consumers";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { type KeyPair, selfSigned } from "../../src/testing/index.ts";

const PASSWORD = "canary-smtp/p@ss";

/** A real SMTP server in this process, with one account. */
export interface MailReceiver extends AsyncDisposable {
  /** `smtp://…` or `smtps://…`, with the account's login. */
  readonly url: string;
  readonly host: string;
  readonly password: string;
  /** What was handed in, with its headers. */
  readonly mails: readonly string[];
  /** How many tried to hand something in. */
  readonly sessions: number;
  /** Refuses the next so many senders with this status. */
  fail(status: number, times: number): void;
}

export interface MailOptions {
  /** TLS from the first byte. */
  readonly tls?: KeyPair;
}

export async function startMail({ tls }: MailOptions = {}): Promise<MailReceiver> {
  const mails: string[] = [];
  const faults: { readonly status: number; left: number }[] = [];
  let sessions = 0;
  const options: SMTPServerOptions = {
    secure: tls !== undefined,
    ...(tls ?? (await selfSigned("localhost"))),
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) => {
      const isRight = username === "me@example.org" && password === PASSWORD;
      done(isRight ? null : refusal(535, "5.7.8 authentication failed"), isRight ? { user: username } : undefined);
    },
    onMailFrom: (_address, _session, done) => {
      sessions += 1;
      const struck = faults.find(({ left }) => left > 0);
      if (struck === undefined) return done();
      struck.left -= 1;
      done(refusal(struck.status, "not now"));
    },
    onData: (stream, _session, done) => {
      void text(stream).then((mail) => {
        mails.push(mail);
        done();
      });
    },
  };
  const server = new SMTPServer(options);
  // A client that breaks off is the test's affair.
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const host = `127.0.0.1:${address.port}`;
  return {
    url: `${tls === undefined ? "smtp" : "smtps"}://me%40example.org:${encodeURIComponent(PASSWORD)}@${host}`,
    host,
    password: PASSWORD,
    mails,
    get sessions() {
      return sessions;
    },
    fail: (status, times) => {
      faults.push({ status, left: times });
    },
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(resolve)),
  };
}

function refusal(status: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode: status });
}
