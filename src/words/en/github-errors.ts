export const githubErrors = {
  GITHUB_API_URL_INVALID: {
    message: "the address of GitHub's API cannot be used: {url} ({reason})",
    hint: "set GITHUB_API_URL to https://api.github.com, or to https://HOST/api/v3 for GitHub Enterprise",
  },
  GITHUB_REPOSITORY_INVALID: {
    message: "not a repository at GitHub: {text}",
    hint: "write OWNER/NAME, for example octocat/hello-world",
  },
  GITHUB_UNAUTHORIZED: {
    message: "{host} does not accept the token from {origin} for {operation}: {detail}",
    hint: "the token may have expired or been revoked; set GITHUB_TOKEN to a new one, then try `slipway doctor`",
  },
  GITHUB_DENIED: {
    message: "{host} denies {operation} with the token from {origin}: {detail}",
    hint: "the token needs {permission}: under `permissions:` of the job in a workflow, else in the token's settings",
  },
  GITHUB_NOT_FOUND: {
    message: "{host} has nothing for {operation}, or does not show it to the token from {origin}",
    hint: "check the repository's name; to a token that lacks the rights GitHub says the same as for what is not there",
  },
  GITHUB_RATE_LIMITED: {
    message: "{host} takes no more requests for now ({operation}): {detail}",
    hint: "wait, then run the same command again: it goes on; requests with a token have a higher limit",
  },
  GITHUB_UNREACHABLE: {
    message: "{host} cannot be reached: {reason} ({operation})",
    hint: "check the network, and HTTPS_PROXY if it needs a proxy; the same command goes on",
  },
  GITHUB_UNTRUSTED: {
    message: "{host} cannot be trusted: {reason} ({operation})",
    hint: "set NODE_EXTRA_CA_CERTS to the file of the authority that signed the server's certificate; check this machine's clock",
  },
  GITHUB_UNAVAILABLE: {
    message: "{host} answered {status} to {operation}",
    hint: "something is wrong there, see https://www.githubstatus.com; the same command goes on later",
  },
  GITHUB_REFUSED: {
    message: "{host} refuses {operation}: {detail}",
    hint: "nothing was changed; mend what GitHub names, then run the same command again",
  },
  GITHUB_EXISTS: {
    message: "{host} refuses {operation}, something with the same {field} is there already",
    hint: "run the same command again: it looks at what is there first; another run may be at work at the same time",
  },
  GITHUB_IMMUTABLE: {
    message: "{host} refuses {operation}, the release can never change: {detail}",
    hint: "the repository has immutable releases on; publish a new version",
  },
  TAG_BURNED: {
    message: "{host} refuses {operation}, an immutable release once had this tag, and no other can have it again",
    hint: "that release was deleted, and GitHub keeps its tag for good; publish a new version",
  },
  GITHUB_TARGET_UNKNOWN: {
    message: "{host} refuses {operation}, it does not know the branch or commit that the tag is to be made at",
    hint: "push the commit to the repository first; a short commit name or a tag is not enough",
  },
  GITHUB_REDIRECTED: {
    message: "{host} leads {operation} to {location}, which is refused: {reason}",
    hint: "a renamed repository needs its new name in the configuration; the token is never sent to another server",
  },
  GITHUB_UPLOAD_REFUSED: {
    message: "{host} wants assets to be sent to {address}, which is refused: {reason}",
    hint: "the token is never sent to another server; check GITHUB_API_URL",
  },
  GITHUB_ANSWER: {
    message: "{host} gave an answer that cannot be used for {operation}: {reason}",
    hint: "is this GitHub's API? A proxy or login page in between answers like this, too",
  },
  NOTES_TOO_LONG: {
    message: "the release notes' own part has {characters} characters, and GitHub takes {limit} in all",
    hint: "name fewer registries or tags in it",
  },
  ACTIONS_RUN_INVALID: {
    message: "this run of GitHub Actions does not say what it is: {what} ({reason})",
    hint: "the variables and the event's file are set by the runner; check what the workflow changes of them",
  },
} as const;
