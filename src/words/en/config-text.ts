export const configText = {
  "notice.keys-joined": "{where}: {key} was written before, at line {first}; the destinations of both lines are served",
  "notice.last-key-counts": "{where}: {key} was written before, at line {first}; the last one counts",
  "notice.key-ignored": "{where}: {key} means nothing here and is ignored",
  "notice.variable-unset": "{where}: the variable {name} is not set and counts as empty",
  "notice.docker-configuration":
    "{where}: neither user name nor password for {prefix}: the Docker configuration and its credential helpers are asked",
  "notice.nothing-matched": "{where}: {source} has no tag that this asks for",
  "notice.left-out": "{where}: {key} was not carried over: Slipway has nothing like it here",
  "notice.value-refused": "{where}: {key} was not carried over: {reason}",
  "notice.entry-refused": "{where}: this entry was not carried over: {reason}",
  "notice.template-refused":
    "{where}: {key} was not carried over: only env is known of the template functions, not {name}",
  "notice.catalog-needed":
    "{where}: this entry was not carried over: type registry asks for a list of all repositories of {source}; name each repository",
  "notice.password-variable": "{where}: the password for {prefix} was not written down; set the variable {name}",
  "notice.index-kept":
    "{where}: the destination gets an index that holds only {platform}, where regsync sends the image alone",
} as const;
