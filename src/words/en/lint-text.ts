/**
 * What `slipway lint` says. `lint.RULE` and `lint.RULE.VARIANT` say what is wrong, `lint.RULE.why` why that matters,
 * `lint.RULE.hint` how to mend it.
 */
export const lintText = {
  "lint.yaml-syntax": "this is not valid YAML: {reason}",
  "lint.yaml-syntax.shape": "this is neither a workflow nor an action: `{key}` is missing",
  "lint.yaml-syntax.heredoc": "what is written to {file} is not valid YAML: {reason}",
  "lint.yaml-syntax.why": "GitHub does not run what it cannot read, and says so where nobody looks.",
  "lint.yaml-syntax.hint": "YAML is indented with spaces, and a value with a colon and a space, or a #, needs quotes",

  "lint.duplicate-key": "`{key}` was written before, at line {first}",
  "lint.duplicate-key.heredoc": "in {file} `{key}` was written before, at line {first}: one of the two lines is lost",
  "lint.duplicate-key.why":
    "Of two lines with one key at most one counts: an `images.yaml` that names a source twice loses a destination.",
  "lint.duplicate-key.hint":
    "write the key once; in image-syncer's `images.yaml` give it a list of destinations: `source: [one, other]`",

  "lint.trigger-release-published": "a GitHub Release starts this workflow, so that the release comes before its image",
  "lint.trigger-release-published.why":
    "A release that starts its own image is public before the image is there; if the build fails it stays so. A second way to publish also drifts away from the first.",
  "lint.trigger-release-published.hint":
    "start on a tag, or on `workflow_run` of the tests; push the image, and let the same run make the release: `slipway release`",

  "lint.trigger-pull-request-target":
    "`pull_request_target` runs with this repository's secrets for whoever opens a pull request",
  "lint.trigger-pull-request-target.why":
    "The workflow has write access and secrets while the title, the branch and mostly the code come from a stranger.",
  "lint.trigger-pull-request-target.hint": "use `pull_request`, which gets neither secrets nor write access for forks",

  "lint.workflow-run-unguarded": "the job {job} does not ask what run woke it; missing in its `if`: {guards}",
  "lint.workflow-run-unguarded.checkout":
    "this checks out the newest commit of the default branch, not the one that was tested",
  "lint.workflow-run-unguarded.why":
    "`workflow_run` follows failed runs and runs of forks' pull requests, too, always with this repository's secrets, and `github.sha` is another commit than theirs.",
  "lint.workflow-run-unguarded.hint":
    "join the conditions with && in the job's `if`, and give the checkout `ref:` the expression github.event.workflow_run.head_sha",

  "lint.release-before-image":
    "{release} can make the release without the image: {push} at {where} need not have succeeded",
  "lint.release-before-image.why": "A release must not tell of an image that nobody can pull.",
  "lint.release-before-image.hint":
    "put the release into a later step, or into a job that `needs` all that push, without always(); `slipway release` keeps this order",

  "lint.push-in-pull-request": "{what} can push from a pull request",
  "lint.push-in-pull-request.why":
    "What nobody has reviewed would be published; and pull requests of forks have no credentials and fail.",
  "lint.push-in-pull-request.hint":
    "build only: `push: false`, or an `if` with `github.event_name != 'pull_request'` on the step or the job",

  "lint.secrets-in-pull-request": "a pull request reaches the secret {secret}",
  "lint.secrets-in-pull-request.why":
    "What a pull request changes runs with the secret and can send it anywhere; for forks the secret is empty, and the job fails.",
  "lint.secrets-in-pull-request.hint":
    "checks of pull requests need no secrets; move what needs them to a workflow of the branch or the tag",

  "lint.secrets-in-env-scope": "every step here, and every action in it, gets the secret {secret}",
  "lint.secrets-in-env-scope.script": "the secret {secret} is put into the text of a script",
  "lint.secrets-in-env-scope.heredoc": "the secret {secret} is written into a file: {file}",
  "lint.secrets-in-env-scope.why":
    "A secret is as safe as the least of what can read it: other actions, the script's own log, a file that is uploaded later. Quotes in its value break the script or the file.",
  "lint.secrets-in-env-scope.hint":
    "give it to the one step that needs it, by `env:`, and read it there as a quoted variable; `slipway sync` takes credentials from the environment, without a file",

  "lint.template-injection": "the value of {context} is put into the script as code",
  "lint.template-injection.attacker": "whoever chooses {context} writes a part of this script",
  "lint.template-injection.why":
    "GitHub puts the value of an expression into the script before the shell reads it; a quote and a semicolon in it are enough to run anything.",
  "lint.template-injection.hint":
    'pass it by `env:` of the step and write `"$NAME"` in the script, or process.env.NAME',

  "lint.unpinned-action": "{action} is not pinned to a commit",
  "lint.unpinned-action.image": "{image} is not pinned to a digest",
  "lint.unpinned-action.why":
    "A tag or branch is moved by its owner, or by who took over the account, and the job runs what it finds there.",
  "lint.unpinned-action.hint":
    "write the 40 hex digits of the commit and the version behind it: `owner/name@<commit> # v1.2.3`; for images `@sha256:…`",

  "lint.action-comment-missing": "{action} does not say which version that is",
  "lint.action-comment-missing.why":
    "Nobody reads 40 hex digits; Dependabot and Renovate keep the comment in step with them.",
  "lint.action-comment-missing.hint": "add it to the line: `# v1.2.3`",

  "lint.permissions-missing": "the job {job} has whatever the repository gives its token by default",
  "lint.permissions-missing.why": "The default is often write access to everything, for every action in the job.",
  "lint.permissions-missing.hint":
    "write `permissions: {}` at the top, and for each job what it needs, such as `contents: read`",

  "lint.permissions-broad": "`{permission}` is more than any job needs",
  "lint.permissions-broad.everywhere": "every job of the workflow may write `{permission}`",
  "lint.permissions-broad.why": "A token is worth what it may do, and each action of the job holds it.",
  "lint.permissions-broad.hint": "write `permissions: {}` at the top, and the permission at the one job that needs it",

  "lint.persist-credentials": "the checkout leaves the token in `.git/config`",
  "lint.persist-credentials.why":
    "Every later step can read it there, and so can whoever gets the folder as an artifact or in an image.",
  "lint.persist-credentials.hint": "add `persist-credentials: false` to its `with:`",

  "lint.concurrency-missing": "the job {job} publishes, and two runs of it may do so at once",
  "lint.concurrency-missing.why": "Two runs that publish at once overwrite each other's tags in any order.",
  "lint.concurrency-missing.hint":
    "add `concurrency:` with a `group` that is the same for each of them, and `cancel-in-progress: false`",

  "lint.cancels-release": "a newer run cancels one that is publishing",
  "lint.cancels-release.why":
    "Cancelled between two registries, a run leaves its version at one of them: half a release.",
  "lint.cancels-release.hint": "write `cancel-in-progress: false`: runs that publish wait for one another",

  "lint.timeout-missing": "the job {job} may hang for six hours",
  "lint.timeout-missing.why":
    "A job that hangs is paid for until GitHub ends it, and with `concurrency` everything behind it waits.",
  "lint.timeout-missing.hint": "add `timeout-minutes:`, some times what it usually takes",

  "lint.cache-in-publish": "{what} takes files from a cache into what is published",
  "lint.cache-in-publish.why": "Any run on the branch, with any action in it, can have put something else there.",
  "lint.cache-in-publish.hint":
    "publish without a cache, or build once in a job with one and publish by digest what was checked",

  "lint.download-unverified": "{url} is not checked after the download",
  "lint.download-unverified.piped": "what is downloaded here goes to a shell as it comes",
  "lint.download-unverified.why":
    "Whoever can replace the file, there or on the way, runs anything here, with the job's secrets.",
  "lint.download-unverified.hint":
    'write its checksum into the workflow: `echo "<sha256>  <file>" | sha256sum --check`',

  "lint.multi-rebuild": "this builds again what was built at line {line}, for another registry",
  "lint.multi-rebuild.matrix": "each registry of the matrix gets a build of its own",
  "lint.multi-rebuild.why":
    "Two builds have two digests, so that one tag means different images at different registries.",
  "lint.multi-rebuild.hint":
    "build once with the tags of all registries, or push once and copy by digest: `slipway push`",

  "lint.single-platform-overwrites": "{tag} was pushed at line {line} for other platforms, and this replaces it",
  "lint.single-platform-overwrites.matrix": "each platform of the matrix replaces the one before it at {tag}",
  "lint.single-platform-overwrites.why":
    "A tag names one image or one index: the later push is all of it, and machines of the other platforms find nothing.",
  "lint.single-platform-overwrites.hint":
    "build all platforms in one step, or push by digest and join them into one index",

  "lint.latest-unguarded.branch": "every branch that is pushed becomes `latest`",
  "lint.latest-unguarded.prerelease": "a prerelease becomes `latest`",
  "lint.latest-unguarded.why": "People who name no version get `latest`: it has to be the newest stable one.",
  "lint.latest-unguarded.hint":
    "leave it to metadata-action's `flavor: latest=auto` with `type=semver`, limit it with `enable=`, or let `slipway release` move it",

  "lint.tags-contract": "the tags differ from `tags:` of slipway.yaml; only here: {extra}; only there: {missing}",
  "lint.tags-contract.fixed": "{tag} is no tag of slipway.yaml",
  "lint.tags-contract.why":
    "The image contract promises the tags of slipway.yaml; what else is pushed nobody keeps in step.",
  "lint.tags-contract.hint": "write the same rules at both places, or let `slipway push` make the tags",

  "lint.pull-as-verification": "a pull checks one platform at one registry, and spends the pull limit",
  "lint.pull-as-verification.why":
    "Whether a version is right is whether its digest is the same everywhere; that takes no download.",
  "lint.pull-as-verification.hint": "`slipway verify VERSION` compares what all registries have",

  "lint.sync-by-slipway": "`slipway sync` does what {program} does here, from the same files",
  "lint.sync-by-slipway.why":
    "It sends what is missing only, keeps one digest everywhere, and takes credentials from the environment.",
  "lint.sync-by-slipway.hint":
    "`slipway sync --auth FILE --images FILE`, or `slipway import` for a configuration of its own",

  "lint.schedule-on-the-hour": "`{cron}` is a time at which everybody's jobs begin",
  "lint.schedule-on-the-hour.why": "GitHub starts jobs late when many are due, and drops some.",
  "lint.schedule-on-the-hour.hint": "choose another minute, such as 17",

  "lint.slipway-drift": "Slipway wrote this file, and it was edited since",
  "lint.slipway-drift.why":
    "The next `slipway workflows` writes it anew from slipway.yaml; only the blocks marked to be kept stay.",
  "lint.slipway-drift.hint":
    "`slipway workflows --check` shows what differs; move the change to slipway.yaml or into a block that is kept",

  "lint.suppression": "this suppresses nothing: the reason is missing",
  "lint.suppression.nothing": "this suppresses nothing: it names no rule",
  "lint.suppression.unknown": "there is no rule {rule}",
  "lint.suppression.why": "Whoever reads it later has to judge whether the reason still holds.",
  "lint.suppression.hint":
    "write `# slipway-lint: ignore=RULE and the reason` on the line or alone above it; `slipway lint --rules` lists the rules",
} as const;

/** What `slipway lint` says of its findings as a whole. */
export const lintReportText = {
  "lint-report.error": "error",
  "lint-report.warning": "warning",
  "lint-report.info": "note",
  "lint-report.counts": "{errors} errors, {warnings} warnings and {infos} notes in {files} files",
  "lint-report.fine": "nothing to find fault with in {files} files",
  "lint-report.more": "{count} more findings, not as annotations:",
} as const;
