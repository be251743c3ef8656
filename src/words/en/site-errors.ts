export const siteErrors = {
  COMPOSE_ANSWER_INVALID: {
    message: "{field}: {reason}",
    hint: "`slipway compose --list` has all fields; --set FIELD=VALUE answers one",
  },
  COMPOSE_FIELD_MISSPELT: {
    message: "the form has no field {field}; did you mean {nearest}?",
    hint: "known are {known}",
  },
  COMPOSE_FIELD_UNASKED: {
    message: "{field} is not asked for: it goes with {condition}",
    hint: "leave it out, or set what it goes with",
  },
  COMPOSE_FIELD_UNKNOWN: {
    message: "the form has no field {field}",
    hint: "known are {known}",
  },
  COMPOSE_FILE_UNFIT: {
    message: "{file} cannot be read as a compose file: {reason}",
    hint: "give a file that Docker Compose takes",
  },
  COMPOSE_NOT_CONFIGURED: {
    message: "{file} has no `site.compose`, which says what is asked and what is made of it",
    hint: "write one; docs/compose-builder.md tells how, and examples/hagicode has a full one",
  },
  COMPOSE_SET_MALFORMED: {
    message: "{option} needs a field and what it is to be",
    hint: "write {option} FIELD=…; `slipway compose --list` has the fields",
  },
  COMPOSE_SOURCES_PAUSED: {
    message: "every source is paused: {known}",
    hint: "`slipway compose --list` says why; --source names one all the same",
  },
  COMPOSE_SOURCE_MISSPELT: {
    message: "there is no source {source}; did you mean {nearest}?",
    hint: "known are {known}",
  },
  COMPOSE_SOURCE_REPLACED: {
    message: "the source {source} is retired; {successor} stands in its place",
    hint: "use --source {successor}; `slipway compose --switch FILE --source {successor}` changes a file that names the old one",
  },
  COMPOSE_SOURCE_RETIRED: {
    message: "the source {source} is retired: nothing is brought there any more",
    hint: "take another one: {known}",
  },
  COMPOSE_SOURCE_UNKNOWN: {
    message: "there is no source {source}",
    hint: "known are {known}",
  },
  COMPOSE_SWITCH_IDLE: {
    message: "{file} has no image that could move to {source}: {images}",
    hint: "images of the sources in slipway.yaml can; `slipway compose --list` has them",
  },
  SITE_BLOCK_BROKEN: {
    message: "{file}: {marker} in line {line} has no counterpart",
    hint: "a block begins with `<!-- slipway:NAME -->` and ends with `<!-- /slipway:NAME -->`; blocks do not stand within one another",
  },
  SITE_BLOCK_UNKNOWN: {
    message: "{file}: there is no block {name}, as line {line} wants it",
    hint: "known are {known}",
  },
  SITE_FOLDER_FOREIGN: {
    message: "{folder} holds {file}, which no site of Slipway has written; nothing was changed",
    hint: "give --out an empty folder, or one that holds such a site already",
  },
  SITE_MARKDOWN_FOREIGN: {
    message: "{file} is not from `slipway site markdown`, and has no block of it; nothing was changed",
    hint: "move it away, give --out another folder, or put `<!-- slipway:sources -->` and `<!-- /slipway:sources -->` where the block is wanted",
  },
  SITE_MARKDOWN_OUTDATED: {
    message: "not as the configuration and the status say: {files}",
    hint: "run `slipway site markdown` with the same options, without --check, and commit what it writes",
  },
  SITE_STATUS_UNREADABLE: {
    message: "the status in {place} cannot be read: {reason}",
    hint: "give --status the status.json of `slipway serve`, as a file or by its address",
  },
  SITE_WITHOUT_SOURCES: {
    message: "no source of an image is offered: {file} names no repository under `registries`, or all are retired",
    hint: "write one, such as `image: docker.io/OWNER/NAME`, or take `offered: false` or `state: retired` away",
  },
  WEB_NOT_BUILT: {
    message: "the pages are not built: there are none in {folder}",
    hint: "run `npm run web` in Slipway's checkout; the package on npm has them built",
  },
} as const;
