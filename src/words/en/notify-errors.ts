export const notifyErrors = {
  NOTIFY_ADDRESS_MISSING: {
    message: "the channel {name} has no address",
    hint: "set the variable that `notify` in slipway.yaml names, in a workflow by `env:` from `secrets`, or take the channel out",
  },
  NOTIFY_ADDRESS_INVALID: {
    message: "the address of the channel {name} cannot be used: {reason}",
    hint: "copy the whole address that the group's settings show; only HTTPS is used, plain HTTP for this machine alone",
  },
  NOTIFY_CHANNEL_UNKNOWN: {
    message: "no channel of `notify` is called {name}; there are {known}",
    hint: "a channel is called by its `name`, else by its kind",
  },
  NOTIFY_CHANNELS_MISSING: {
    message: "{file} names no channel under `notify`",
    hint: "list one under `notify:`: its kind (feishu, dingtalk, wecom, slack, webhook or email) and its address",
  },
  NOTIFY_UNREACHABLE: {
    message: "{name} at {host} was not told: {reason}",
    hint: "check the network, and HTTPS_PROXY if it needs a proxy; `slipway notify test` tries again",
  },
  NOTIFY_BUSY: {
    message: "{name} at {host} did not take the message: {answer}",
    hint: "something is wrong there; `slipway notify test` tries again",
  },
  NOTIFY_LIMITED: {
    message: "{name} at {host} takes no more messages for now: {answer}",
    hint: "fewer messages (`on:`), or another bot for each project; DingTalk stays silent for 10 minutes",
  },
  NOTIFY_REFUSED: {
    message: "{name} at {host} refuses the message: {answer}",
    hint: "compare the address, `secret`, keywords and allowed addresses with the bot's settings; signatures need a right clock",
  },
  NOTIFY_REDIRECTED: {
    message: "{name} at {host} answered {status}, a redirect, which is not followed",
    hint: "write the final address: what is signed and secret goes to no other",
  },
  NOTIFY_INTERNAL: {
    message: "{host} leads to an address inside the network, which is refused here",
    hint: "name a public address; where it is meant, write `internal: true` with the channel in slipway.yaml",
  },
} as const;
