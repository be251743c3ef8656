import { endpointOf } from "../registry/endpoint.ts";
import { exchange } from "../registry/exchange.ts";
import { Faults } from "../registry/faults.ts";
import { listen } from "../registry/listen.ts";
import { Requests } from "../registry/requests.ts";
import { type TokenAuth, tokenEndpoint } from "../registry/token-endpoint.ts";
import { type KeyPair, selfSigned } from "./certificates.ts";
import { SignedTokens } from "./jwt.ts";

/** Gives tokens for another server's repositories. */
export interface TokenServer extends AsyncDisposable {
  readonly realm: string;
  /** PEM text: whoever is to trust the tokens needs it. */
  readonly certificate: string;
  readonly requests: Requests;
  readonly faults: Faults;
}

export async function startTokenServer(auth: TokenAuth): Promise<TokenServer> {
  const pair: KeyPair = await selfSigned("slipway test tokens");
  const tokens = new SignedTokens(pair);
  const requests = new Requests();
  const faults = new Faults();
  const listening = await listen(undefined);
  listening.server.on("request", (request, response) => {
    const url = new URL(request.url ?? "/", listening.origin);
    const arrival = { request, response, url, endpoint: endpointOf(url), connection: 0 };
    void exchange(arrival, requests, faults, async (incoming, endpoint) =>
      endpoint.kind === "token" ? tokenEndpoint(auth, tokens, incoming) : { status: 404 },
    );
  });
  return {
    realm: `${listening.origin}/token`,
    certificate: pair.cert,
    requests,
    faults,
    [Symbol.asyncDispose]: listening.close,
  };
}
