export const registryErrors = {
  HOST_UNKNOWN: {
    message: "{host} is not a name that this machine can resolve ({operation})",
    hint: "check the spelling, the DNS settings, and HTTPS_PROXY if this network needs a proxy",
  },
  HOST_UNREACHABLE: {
    message: "{host} cannot be reached: {reason} ({operation})",
    hint: "check that the registry runs, the port, the firewall, and HTTPS_PROXY if this network needs a proxy",
  },
  TLS_FAILED: {
    message: "{host} cannot be trusted: {reason} ({operation})",
    hint: "under `hosts:` give the registry's own authority with ca, a client certificate with cert and key, or `tls: false` if it speaks plain HTTP",
  },
  TIMED_OUT: {
    message: "{host} stopped answering for {seconds} s ({operation})",
    hint: "the link or the registry is stuck; the same command goes on: what has arrived is not sent again",
  },
  TOO_SLOW: {
    message: "{host} moved {rate} bytes a second over {seconds} s, and not the {least} that it should ({operation})",
    hint: "the same command goes on: what has arrived is not sent again; `minimumRate` under `hosts:` bears slower links",
  },
  CONNECTION_LOST: {
    message: "{host} closed the connection: {reason} ({operation})",
    hint: "the same command goes on: what has arrived is not sent again",
  },
  RATE_LIMITED: {
    message: "{host} allows no more requests for now ({operation}): {detail}",
    hint: "wait, or log in: most registries allow more to those they know",
  },
  PULLS_RESERVED: {
    message: "{host} has {remaining} of {limit} pulls left, which are kept ({operation})",
    hint: "log in, name `alternates` under `hosts:`, or wait: the limit is for {window}; --keep-pulls 0 spends the last ones, too",
  },
  UNAUTHORIZED: {
    message: "{host} does not accept the credentials for {operation}; they came from {origin}: {detail}",
    hint: "check user name and password (many registries want an access token), then try `slipway doctor`",
  },
  DENIED: {
    message: "{host} denies {operation} with the credentials from {origin}: {detail}",
    hint: "the account needs the right to do this here; a new repository may have to be created first",
  },
  REPOSITORY_UNKNOWN: {
    message: "{host} has no repository {repository}, or does not show it to the credentials from {origin}",
    hint: "check the name; a private repository needs credentials; Harbor wants the project, ECR and Artifact Registry the repository to be created before something is pushed there",
  },
  MANIFEST_UNKNOWN: {
    message: "{target} has no {reference}",
    hint: "`slipway tags` lists what is there",
  },
  BLOB_UNKNOWN: {
    message: "{target} has no blob {digest}",
    hint: "the image there is incomplete: push it again, or copy it from another source",
  },
  UPLOAD_LOST: {
    message: "{host} no longer knows the upload of {digest} as it was: {detail}",
    hint: "it was begun again; where that goes on, several servers behind one name may each know their own uploads only",
  },
  PARTS_MISSING: {
    message: "{host} refuses {operation}, it lacks something that the manifest points to: {detail}",
    hint: "it was sent again already; the registry may be deleting while it is written to",
  },
  MANIFEST_REFUSED: {
    message: "{host} does not take such a manifest ({operation}): {detail}",
    hint: "`--adapt`, or `adapt: true` in the configuration, sends what can be sent of an image, under another digest; docs/registries.md tells what that is",
  },
  TAG_IMMUTABLE: {
    message: "{target} is protected and holds another digest: {detail}",
    hint: "versions are never overwritten: give this image another tag; or lift the protection there, if that tag was a mistake",
  },
  QUOTA_EXCEEDED: {
    message: "{host} has no room for {operation} (answer {status}): {detail}",
    hint: "raise the quota or delete old images there; after 413, the largest request that a proxy before it takes may be too small",
  },
  UNSUPPORTED: {
    message: "{host} does not take {operation}: {detail}",
    hint: "see docs/registries.md for what each registry takes",
  },
  DELETE_REFUSED: {
    message: "{host} does not delete ({operation}): {detail}",
    hint: "Docker's registry deletes where REGISTRY_STORAGE_DELETE_ENABLED=true is set; others have settings or pages of their own for it",
  },
  DELETE_ELSEWHERE: {
    message: "{host} deletes no tags over the registry protocol",
    hint: "delete them on its website or by the API of its own (hub.docker.com), or leave --prune out",
  },
  REGISTRY_ANSWER: {
    message: "{host} answered {status} to {operation}: {detail}",
    hint: "if it stays so, the registry's own log tells more",
  },
  ANSWER_INVALID: {
    message: "{host} gave an answer that cannot be used for {operation}: {reason}",
    hint: "is this a registry? A proxy or login page in between answers like this, too",
  },
  REALM_REFUSED: {
    message: "{host} sends credentials to {realm}, which is refused: {reason}",
    hint: "if that address is right, allow it with `realm` under `hosts:` for it",
  },
  REDIRECT_REFUSED: {
    message: "{host} redirects {operation} to {location}, which is refused: {reason}",
    hint: "a public registry has no reason to point into a private network or to plain HTTP",
  },
  CREDENTIAL_HELPER_FAILED: {
    message: "the credential helper {helper} for {host} failed: {reason}",
    hint: "install it or log in again; no other credential is tried in its place",
  },
  CREDENTIAL_FILE_INVALID: {
    message: "{file} is not a usable Docker configuration: {reason}",
    hint: "`docker login` or `skopeo login` writes a fresh one",
  },
  CREDENTIAL_EXPIRED: {
    message: "the credential for {host} from {origin} expired on {date}",
    hint: "log in again, or make a new token and put it there",
  },
  LOGIN_OUTSIDE_ACTIONS: {
    message: "{origin}: {kind} needs GitHub's OIDC token, which is there in GitHub Actions only",
    hint: "elsewhere write `username` and `password` in place of `login`, such as {instead}",
  },
  ID_TOKEN_NOT_PERMITTED: {
    message: "{origin}: {kind} needs GitHub's OIDC token, and this job may not have one",
    hint: "write `permissions: id-token: write` in the workflow, for all jobs or for this one; pull requests from forks never get it",
  },
  LOGIN_TOKEN_MISSING: {
    message: "{origin}: github-token needs GITHUB_TOKEN, which is not set",
    hint: "in Actions, give it to the step by `env` from github.token, with `permissions: packages: write`; elsewhere, a personal access token with write:packages does",
  },
  LOGIN_INSECURE: {
    message: "{origin}: {host} would be asked for {step} over plain HTTP, which is refused",
    hint: "tokens travel over https:// alone; check the address",
  },
  LOGIN_NOT_TRUSTED: {
    message: "{origin}: {host} does not trust this workflow ({step}): {detail}",
    hint: "what is trusted there has to name the subject {subject} and the audience {audience}; docs/credentials.md has the commands",
  },
  LOGIN_RIGHT_MISSING: {
    message: "{origin}: {host} does not allow {step}: {detail}",
    hint: "give this right: {right}; docs/credentials.md has the commands",
  },
  LOGIN_REFUSED: {
    message: "{origin}: {host} refuses {step}: {detail}",
    hint: "check every value under `login` there, and that what it names still exists",
  },
  LOGIN_UNREACHABLE: {
    message: "{origin}: {host} cannot be asked for {step}: {reason}",
    hint: "it was tried several times; check the network, and HTTPS_PROXY if this network needs a proxy",
  },
  LOGIN_ANSWER_INVALID: {
    message: "{origin}: {host} gave an answer for {step} that cannot be used: {reason}",
    hint: "a proxy or login page in between answers like this; else the address under `login` may be wrong",
  },
  PROXY_REFUSED: {
    message: "the proxy before {host} refuses: {reason} ({operation})",
    hint: "check the user and password in HTTPS_PROXY or in `proxy` under `hosts:`; NO_PROXY or `proxy: none` goes past it",
  },
  PROXY_INVALID: {
    message: "{name} is not a proxy: {reason}",
    hint: "write http://[user:password@]proxy:port, or none",
  },
  TLS_FILE_INVALID: {
    message: "{file} for {host} cannot be used: {reason}",
    hint: "certificates and keys are PEM files that this user may read, a key beside each client certificate",
  },
  ADDRESS_REFUSED: {
    message: "{host} leads to {address}, a {kind} address, which is refused",
    hint: "a public registry has no reason to point into a private network",
  },
} as const;
