export const metadataErrors = {
  TAG_RULE_INVALID: {
    message: "not a rule for tags: {text} ({reason})",
    hint: "write the tag itself, with version, major, minor, sha, branch or date in double braces, or `type=…,key=value` as docker/metadata-action does",
  },
  TAG_FLAVOR_INVALID: {
    message: "not a flavor of tags: {text} ({reason})",
    hint: "write latest=auto, latest=true or latest=false, prefix=TEXT or suffix=TEXT, with onlatest=true after it where `latest` gets it, too",
  },
  TEMPLATE_INVALID: {
    message: "this text cannot be filled in: {text} ({reason})",
    hint: "in double braces, write one of the known names; date and commit_date are followed by a format in quotes",
  },
  VERSION_INVALID: {
    message: "not a version: {text}",
    hint: "write MAJOR.MINOR.PATCH such as 1.2.3 or 2.0.0-rc.1 (semver.org), or a Python version of two numbers at least, such as 1.2rc1; a leading v is left off",
  },
} as const;
