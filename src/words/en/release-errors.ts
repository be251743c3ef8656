export const releaseErrors = {
  PROJECT_BUSY: {
    message: "another run of Slipway (process {pid}) works in {folder}",
    hint: "wait until it has ended; where there is no such process any more, on a shared disk, delete {lock}",
  },
  OUTLETS_MISSING: {
    message: "the configuration names no registry to publish to",
    hint: "add entries with `image: REGISTRY/REPOSITORY` under `registries:`",
  },
  OUTLET_UNKNOWN: {
    message: "there is no registry {name} in the configuration",
    hint: "known are {known}",
  },
  OUTLET_MISSPELT: {
    message: "there is no registry {name} in the configuration; did you mean {nearest}?",
    hint: "known are {known}",
  },
  VERSION_NEEDED: {
    message: "which version? {where} needs one, and none is given",
    hint: "name it (`slipway release 1.2.3`, `--for 1.2.3` elsewhere), set SLIPWAY_VERSION, or check out a git tag such as v1.2.3",
  },
  TEMPLATE_SLOT_UNKNOWN: {
    message: "{where} holds {slot} in double braces, which stands for nothing",
    hint: "known are {known}",
  },
  TREE_DIRTY: {
    message: "files of the checkout in {folder} were changed after the commit {revision}",
    hint: "commit or undo them, so that the image can be traced to its commit; `--allow-dirty` publishes all the same",
  },
  VERSION_TAKEN: {
    message: "{registry} holds {tag} already, of another commit: {digest} is of {theirs}, this is {ours}",
    hint: "a version is never overwritten: check out the commit that it is of, or publish under a new version",
  },
  DIGESTS_DIFFER: {
    message: "{tag} is not the same image everywhere: {one} serves {oneDigest}, {other} serves {otherDigest}",
    hint: "`slipway why` shows which is which; a version is never overwritten, so publish under a new version, or delete the wrong one by hand",
  },
  VERSION_UNKNOWABLE: {
    message: "whether {tag} exists could not be found out: {registry} does not answer",
    hint: "building again could give a second digest for one version, so nothing was built; run the same command when the registry answers, or, only to see whether it builds, `slipway build --force`",
  },
  TAG_TAKEN: {
    message: "{image} is another image already: {there} instead of {ours}",
    hint: "a version is never overwritten; publish under a new version, or delete the tag there by hand if it is wrong",
  },
  DIGEST_NOT_SERVED: {
    message: "{image} does not serve what was pushed: expected {expected}, found {found}",
    hint: "nothing was released; somebody else may push there, or the registry lost it: run the same command again",
  },
  PUBLISH_INCOMPLETE: {
    message: "{tag} is not at every registry that it has to be at: {missing}",
    hint: "nothing was released; what has arrived stays. When the reason above is mended, the same command goes on",
  },
  FLOATING_INCOMPLETE: {
    message: "floating tags could not be moved everywhere: {missing}",
    hint: "the version itself is published; the same command goes on with the rest",
  },
  BUILD_SETTINGS_MISSING: {
    message: "{folder} holds no Dockerfile, and the configuration says nothing of `build:`",
    hint: "add a Dockerfile, or `build:` to slipway.yaml",
  },
  GITHUB_REPOSITORY_UNKNOWN: {
    message:
      "which repository on GitHub? Neither `release.github`, GITHUB_REPOSITORY nor the origin of the checkout says so",
    hint: "write `github: OWNER/NAME` under `release:`",
  },
  GITHUB_TOKEN_MISSING: {
    message: "there is no token for {api}",
    hint: "set GITHUB_TOKEN (in Actions: `env: GITHUB_TOKEN: $` with secrets.GITHUB_TOKEN, and `permissions: contents: write`), or log in with `gh auth login`",
  },
  GIT_TAG_ELSEWHERE: {
    message: "the git tag {tag} of {repository} is on {there}, and the image is of {ours}",
    hint: "check out the tag's commit, or publish under a new version; Slipway moves no git tag",
  },
  ASSET_NOT_FOUND: {
    message: "no file matches {pattern}, which is to be attached to the release",
    hint: "`release.assets` are paths and globs from the folder of slipway.yaml on",
  },
  ASSET_NAME_TWICE: {
    message: "two files would be the asset {name}: {one} and {other}",
    hint: "GitHub knows assets by their names alone; rename one of them",
  },
  ASSETS_UNFINISHED: {
    message: "these assets of {tag} are not whole: {names}",
    hint: "the draft stays as it is; the same command goes on with it",
  },
  ASSET_PUBLISHED: {
    message: "the release {tag} is out with another file called {name}",
    hint: "what people have downloaded is not replaced: publish under a new version, or delete the asset by hand",
  },
  ASSET_REFUSED: {
    message: "GitHub takes no such asset: {name}: {reason}",
    hint: "leave it out of `release.assets`, split it, or rename it",
  },
  RELEASE_FROZEN: {
    message: "the release {tag} is published and immutable, and lacks {names}",
    hint: "an immutable release cannot be changed: publish under a new version",
  },
  DRAFT_GONE: {
    message: "the draft of {tag} was deleted while this run worked on it",
    hint: "run the same command again: it makes a new one",
  },
  RELEASE_NOT_ALLOWED: {
    message: "the token may not make releases in {repository}: {reason}",
    hint: "it needs `contents: write` there; in Actions, GITHUB_TOKEN has it for its own repository where the job's `permissions` say so",
  },
  NOTES_UNREADABLE: {
    message: "the release notes {file} cannot be read: {reason}",
    hint: "`release.notes` is a path from the folder of slipway.yaml on, or `generate`, or `none`",
  },
  CONTRACT_FOREIGN: {
    message: "{file} was not written by `slipway contract`, which would replace all of it",
    hint: "choose another name with --output or `contract:` in slipway.yaml, or delete that file first",
  },
  CONTRACT_OUTDATED: {
    message: "{file} does not say what the configuration does",
    hint: "run `slipway contract`, and commit the page",
  },
  CHANGED_WITHOUT_PATHS: {
    message: "which files? Neither globs are given, nor does the configuration have `build.paths`",
    hint: "name some: `slipway changed 'api/**' 'workflow/**' --base origin/main`",
  },
  CHANGED_WITHOUT_BASE: {
    message: "changed since what? This is no run of GitHub Actions, and no commit is named",
    hint: "name one: `--base origin/main`, `--base v1.2.3`",
  },
  NO_IMAGE_TO_EXPLAIN: {
    message: "no registry is named that could hold {version}",
    hint: "write `registries:` in slipway.yaml, or name repositories: `--image ghcr.io/owner/app` (repeatable) and `--github owner/name`",
  },
  UNPACK_NEEDS_FILE: {
    message: "`source.unpack` is set, and the package {path} is a folder",
    hint: "leave `unpack` out: the folder is used where it is",
  },
} as const;
