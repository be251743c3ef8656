export const configErrors = {
  CONFIG_INVALID: {
    message: "{file} has {count} problems",
    hint: "each is listed with its line and column; nothing was started",
  },
  CONFIG_UNREADABLE: {
    message: "{file} cannot be read: {reason}",
    hint: "check the path and the permissions; it has to be a text file in UTF-8",
  },
  CONFIG_EMPTY: {
    message: "{where}: the file is empty; expected {expected}",
    hint: "was it written before its contents were known? `slipway config check` reads a file without starting anything",
  },
  CONFIG_SYNTAX: {
    message: "{where}: not valid YAML or JSON: {reason}",
    hint: "YAML is indented with spaces, and a value with a colon and a space, a # or a leading * or & needs quotes",
  },
  CONFIG_KEY_DUPLICATE: {
    message: "{where}: {key} was given before, at line {first}",
    hint: "keep one of the two",
  },
  CONFIG_KEY_UNKNOWN: {
    message: "{where}: unknown key {key}",
    hint: "known here: {known}",
  },
  CONFIG_KEY_MISSPELT: {
    message: "{where}: unknown key {key}; did you mean {nearest}?",
    hint: "known here: {known}",
  },
  CONFIG_KEY_MISSING: {
    message: "{where}: {key} is missing",
    hint: "`slipway config schema` describes every key",
  },
  CONFIG_VALUE_INVALID: {
    message: "{where}: {key} cannot be used: {reason}",
    hint: "`slipway config schema` describes every key",
  },
  CONFIG_VARIABLE_MISSING: {
    message: "{where}: the variable {name} is not set",
    hint: "set it in the environment or in .env beside the config, or give a default inside the braces, after `:-`",
  },
  CONFIG_VARIABLE_REQUIRED: {
    message: "{where}: the variable {name} is needed: {reason}",
    hint: "set it in the environment or in .env beside the config",
  },
  CONFIG_VARIABLE_SYNTAX: {
    message: "{where}: this is not a variable: {reason}",
    hint: "inside the braces write NAME, NAME:-default, NAME:?message or file:PATH; $$ is a dollar sign",
  },
  CONFIG_FILE_UNREADABLE: {
    message: "{where}: the file {file} cannot be read: {reason}",
    hint: "a relative path starts at the folder of the config",
  },
  CONFIG_CONFLICT: {
    message: "two images would be {destination}: {first} and {second}",
    hint: "nothing was sent; give one of them another tag or repository",
  },
  CONFIG_FORMAT_UNKNOWN: {
    message: "{file} is in none of the formats that can be imported",
    hint: "known are regsync.yml, skopeo's sync YAML, and the auth and images files of image-syncer",
  },
  MIRROR_SOURCE_EMPTY: {
    message: "{source} has no tags",
    hint: "check the name; a private repository looks empty to some who are not logged in",
  },
} as const;
