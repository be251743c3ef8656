import type { RuleName } from "./finding.ts";
import type { Rule } from "./rule.ts";
import { actionCommentMissing } from "./rules/action-comment-missing.ts";
import { cacheInPublish } from "./rules/cache-in-publish.ts";
import { cancelsRelease } from "./rules/cancels-release.ts";
import { concurrencyMissing } from "./rules/concurrency-missing.ts";
import { downloadUnverified } from "./rules/download-unverified.ts";
import { duplicateKey } from "./rules/duplicate-key.ts";
import { latestUnguarded } from "./rules/latest-unguarded.ts";
import { multiRebuild } from "./rules/multi-rebuild.ts";
import { permissionsBroad } from "./rules/permissions-broad.ts";
import { permissionsMissing } from "./rules/permissions-missing.ts";
import { persistCredentials } from "./rules/persist-credentials.ts";
import { pullAsVerification } from "./rules/pull-as-verification.ts";
import { pushInPullRequest } from "./rules/push-in-pull-request.ts";
import { releaseBeforeImage } from "./rules/release-before-image.ts";
import { scheduleOnTheHour } from "./rules/schedule-on-the-hour.ts";
import { secretsInEnvScope } from "./rules/secrets-in-env-scope.ts";
import { secretsInPullRequest } from "./rules/secrets-in-pull-request.ts";
import { singlePlatformOverwrites } from "./rules/single-platform-overwrites.ts";
import { slipwayDrift } from "./rules/slipway-drift.ts";
import { syncBySlipway } from "./rules/sync-by-slipway.ts";
import { tagsContract } from "./rules/tags-contract.ts";
import { templateInjection } from "./rules/template-injection.ts";
import { timeoutMissing } from "./rules/timeout-missing.ts";
import { triggerPullRequestTarget } from "./rules/trigger-pull-request-target.ts";
import { triggerReleasePublished } from "./rules/trigger-release-published.ts";
import { unpinnedAction } from "./rules/unpinned-action.ts";
import { workflowRunUnguarded } from "./rules/workflow-run-unguarded.ts";
import { yamlSyntax } from "./rules/yaml-syntax.ts";
import { suppressionRule } from "./suppressions.ts";

const ABOUT_WORKFLOWS: readonly Rule[] = [
  yamlSyntax,
  duplicateKey,
  triggerReleasePublished,
  triggerPullRequestTarget,
  workflowRunUnguarded,
  releaseBeforeImage,
  pushInPullRequest,
  secretsInPullRequest,
  secretsInEnvScope,
  templateInjection,
  unpinnedAction,
  actionCommentMissing,
  permissionsMissing,
  permissionsBroad,
  persistCredentials,
  concurrencyMissing,
  cancelsRelease,
  timeoutMissing,
  cacheInPublish,
  downloadUnverified,
  multiRebuild,
  singlePlatformOverwrites,
  latestUnguarded,
  tagsContract,
  pullAsVerification,
  syncBySlipway,
  scheduleOnTheHour,
  slipwayDrift,
];

/** Every rule, in the order of `--rules` and of docs/lint.md. */
export const rules: readonly Rule[] = [...ABOUT_WORKFLOWS, suppressionRule(isRuleName)];

function isRuleName(name: string): name is RuleName {
  return name === "suppression" || ABOUT_WORKFLOWS.some((rule) => rule.name === name);
}
