export const cliErrors = {
  COMMAND_UNKNOWN: {
    message: "there is no command {command}",
    hint: "`slipway help` lists the commands; usage: {usage}",
  },
  COMMAND_MISSPELT: {
    message: "there is no command {command}",
    hint: "did you mean {nearest}? `slipway help` lists all",
  },
  OPTION_UNKNOWN: { message: "there is no option {option} here", hint: "usage: {usage}; --help lists the options" },
  OPTION_MISSPELT: { message: "there is no option {option} here", hint: "did you mean {nearest}? Usage: {usage}" },
  OPTION_VALUE_MISSING: { message: "{option} needs a value", hint: "usage: {usage}; --help tells more" },
  OPTION_VALUE_INVALID: { message: "{option} does not take {value}", hint: "it takes {expected}" },
  OPTIONS_CONFLICT: { message: "{one} does not go with {other}", hint: "leave one of them out" },
  OPTION_ALONE: { message: "{option} does nothing without {needed}", hint: "add {needed}, or leave {option} out" },
  ARGUMENT_MISSING: { message: "{argument} is missing", hint: "usage: {usage}; --help tells more" },
  ARGUMENTS_TOO_MANY: {
    message: "too many arguments: {arguments}",
    hint: "usage: {usage}; quote what holds spaces",
  },
  REPOSITORY_EXPECTED: {
    message: "{text} is one image, and a whole repository is wanted here",
    hint: "leave tag and digest out: {repository}; `slipway digest` and `slipway inspect` look at one image",
  },
  NOTHING_TO_SYNC: {
    message: "nothing says what to mirror",
    hint: "write `mirrors:` into slipway.yaml, name the file with --config, or give image-syncer's --images",
  },
  PRUNE_UNCONFIRMED: {
    message: "--prune deletes tags, and nobody is here to say yes",
    hint: "add --yes; `slipway plan sync --prune` shows what would go",
  },
  PLACE_GIVEN_UP: {
    message: "nothing was written to {target}: it takes all of its images or none, and not all arrived",
    hint: "mend what failed, or leave it out; the same command starts this place again",
  },
  CONFIG_NOT_FOUND: {
    message: "there is no slipway.yaml in {folder} or above",
    hint: "name one with --config",
  },
  ACTION_INPUT_INVALID: {
    message: "the input {input} of the Action does not take {value}",
    hint: "it takes {expected}",
  },
  ACTION_ARGS_INVALID: {
    message: "in the input args of the Action, a quote {quote} has no end",
    hint: "close it; or write `args: |` and one argument a line, where quotes are like other signs",
  },
  ACTION_NOT_STARTED: {
    message: "Slipway could not be started in {folder}: {reason}",
    hint: "check the input working-directory: the folder has to be there, so actions/checkout comes before",
  },
  INIT_EXISTS: {
    message: "{file} exists: this project has a configuration",
    hint: "`slipway config check` looks at it; --force writes another in its place",
  },
  INIT_IMAGE_UNKNOWN: {
    message: "nothing in {folder} says where the image is to live",
    hint: "name its repository: --image ghcr.io/OWNER/NAME; repeat it for more registries",
  },
  IMPORT_DESTINATION_MISSING: {
    message: "{file} names no destination",
    hint: "add --to REGISTRY/NAMESPACE, as it stands on skopeo's command line",
  },
  FILE_EXISTS: { message: "{file} exists", hint: "choose another name with --output, or --force to replace it" },
  FILE_UNWRITABLE: {
    message: "{file} cannot be written: {reason}",
    hint: "check that the folder exists, its rights, and that the disk has room",
  },
} as const;
