export const daemonErrors = {
  // The API and the webhooks
  API_ATTEMPTS_EXCEEDED: {
    message: "too many wrong tokens came from this address",
    hint: "try again in {seconds} s",
  },
  API_BODY_INVALID: {
    message: "the request's body cannot be used: {reason}",
    hint: "compare it with /api/v1/openapi.json",
  },
  API_BODY_TOO_LARGE: {
    message: "the request's body is larger than {limit} bytes",
    hint: "ask for less at once",
  },
  API_HOST_FOREIGN: {
    message: "{host} is not an address that this daemon answers to",
    hint: "write the name that people use into `serve.url` or `serve.hosts` in slipway.yaml",
  },
  API_LISTEN_FAILED: {
    message: "cannot listen on {address}: {reason}",
    hint: "end what listens there, or choose another address with `--listen`",
  },
  API_LISTEN_INVALID: {
    message: "{text} is not an address to listen on",
    hint: "write HOST:PORT, such as 127.0.0.1:4700, [::1]:4700 or 0.0.0.0:4700",
  },
  API_ORIGIN_FOREIGN: {
    message: "a page of another site asked for this, which is refused",
    hint: "use the dashboard's own address, `serve.url` in slipway.yaml; programs send `Authorization: Bearer TOKEN` instead of a cookie",
  },
  API_PARAMETER_INVALID: {
    message: "{name} cannot be used: {reason}",
    hint: "compare it with /api/v1/openapi.json",
  },
  API_PATH_UNKNOWN: {
    message: "there is nothing at {method} {path}",
    hint: "/api/v1/openapi.json lists what there is",
  },
  API_ROLE_INSUFFICIENT: {
    message: "the token {name} may read, but not change anything",
    hint: "use a token of the role operator",
  },
  API_STREAMS_EXCEEDED: {
    message: "{limit} live views are open, which is as many as there may be",
    hint: "close some of them, or ask again from time to time instead",
  },
  API_TOKEN_REQUIRED: {
    message: "this needs a token",
    hint: "log in, or send `Authorization: Bearer TOKEN`; `slipway serve` printed the first token when it began, and SLIPWAY_TOKEN sets another",
  },
  API_TOKEN_WRONG: {
    message: "this token is not known here",
    hint: "it may have been removed; SLIPWAY_TOKEN sets one that counts from the next start on",
  },
  HOOK_BODY_INVALID: {
    message: "the webhook {hook} was called with something that is no message of the kind {kind}: {reason}",
    hint: "compare `serve.webhooks.{hook}.kind` in slipway.yaml with what calls it",
  },
  MIRROR_UNKNOWN: {
    message: "there is no mirror {mirror}",
    hint: "compare the name with `mirrors:` in the configuration",
  },
  RUN_ENDED: {
    message: "the run {run} has ended already",
    hint: "there is nothing left to cancel",
  },
  RUN_UNKNOWN: {
    message: "there is no run {run}",
    hint: "runs are forgotten after `serve.keep`, 30 days unless the configuration says otherwise",
  },
  TOKEN_EXISTS: {
    message: "there is a token {name} already",
    hint: "choose another name, or remove that one first",
  },
  TOKEN_NEEDED: {
    message: "{name} is the last token of the role operator, and stays",
    hint: "make another one first",
  },
  TOKEN_TOO_SHORT: {
    message: "SLIPWAY_TOKEN has {length} characters, fewer than {least}",
    hint: "make one that nobody guesses, such as `openssl rand -hex 32`",
  },
  TOKEN_UNKNOWN: {
    message: "there is no token {name}",
    hint: "compare the name with the list of tokens",
  },

  // Workers and their jobs
  JOB_GIVEN_UP: {
    message: "a part of the run {run} was begun {attempts} times, and no worker ever ended it",
    hint: "look into the logs of the workers for what ended them; the next run of the mirror tries again",
  },
  LEASE_EXPIRED: {
    message: "this part of the run {run} could not be kept: its lease ran out before it was renewed",
    hint: "another worker goes on with it, or this one does; nothing that was copied is sent again",
  },
  LEASE_LOST: {
    message: "this part of the run {run} is in the hands of another worker now",
    hint: "nothing is to be done: what this worker began counts no more, and the other one goes on from what has arrived",
  },
  RUN_CANCELLED: {
    message: "the run {run} was cancelled",
    hint: "what had arrived by then stays; begin another run to bring the rest",
  },
  WORKER_WITHOUT_DATABASE: {
    message: "a worker shares a database with `slipway serve`, and SLIPWAY_DATABASE_URL is not set",
    hint: "set it to the PostgreSQL that `slipway serve` uses, such as postgres://user:password@host:5432/slipway; one machine alone needs no worker, `slipway serve` does all of the work",
  },
} as const;
