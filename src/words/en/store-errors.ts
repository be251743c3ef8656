export const storeErrors = {
  STORE_FAILED: {
    message: "{where} could not do what was asked: {reason}",
    hint: "See to what the database says. Nothing was half done: registries are the truth, and history goes on from here.",
  },
  STORE_IN_USE: {
    message: "The data folder {folder} is in use: {holder}.",
    hint: "One process has a data folder at a time. End that one, give this one another with --data-dir, or share a PostgreSQL with SLIPWAY_DATABASE_URL.",
  },
  STORE_TOO_NEW: {
    message: "{where} was made by a later version of Slipway: it has had the change {migration}.",
    hint: "Run that version or a later one. To go on with this one, give it a database of its own; history alone stays behind.",
  },
  STORE_UNREACHABLE: {
    message: "{where} cannot be reached: {reason}",
    hint: "Check that the database runs and that SLIPWAY_DATABASE_URL is right. What was under way goes on when it is back.",
  },
  STORE_URL_INVALID: {
    message: "SLIPWAY_DATABASE_URL is not the address of a PostgreSQL.",
    hint: "Write it as postgres://user:password@host:5432/database; what is special in the password is percent-encoded.",
  },
} as const;
