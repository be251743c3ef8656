import assert from "node:assert/strict";
import { test } from "node:test";
import { parseTagRule } from "../../metadata/index.ts";
import { lintText } from "./lint-text.ts";
import type { LintContext } from "./rule.ts";

interface Written {
  readonly on?: string;
  readonly job?: string;
  readonly steps?: string;
  readonly top?: string;
  readonly more?: string;
}

function workflow({ on = "push", job = "", steps = "- run: make", top = "", more = "" }: Written): string {
  const indented = (text: string, by: number) => text.replace(/^(?=.)/gm, " ".repeat(by));
  const parts = [`on: ${on}`, top, "jobs:", "  image:", indented(job, 4), "    steps:", indented(steps, 6), more];
  return `${parts.filter((part) => part !== "").join("\n")}\n`;
}

const PUSH = "- uses: docker/build-push-action@v6\n  with: { push: true, tags: 'ghcr.io/acme/app:1' }";
const RELEASE = "- uses: softprops/action-gh-release@v2";
const PULL = "{ push: , pull_request: }";

/** Where a rule is easily wrong, one way or the other. `lines`: those on which it finds something. */
const CASES: readonly (readonly [rule: string, what: string, written: Written, lines: readonly number[]])[] = [
  ["trigger-release-published", "types that publish nothing", { on: "{ release: { types: [deleted] } }" }, []],
  ["trigger-release-published", "all types", { on: "[push, release]" }, [1]],
  [
    "release-before-image",
    "in one step, the right way",
    { steps: "- run: |\n    docker push a/b:1\n    gh release create v1" },
    [],
  ],
  [
    "release-before-image",
    "in one step, the wrong way",
    { steps: "- run: |\n    gh release create v1\n    docker push a/b:1" },
    [6],
  ],
  ["release-before-image", "a draft first", { steps: `${RELEASE}\n  with: { draft: true }\n${PUSH}` }, []],
  [
    "release-before-image",
    "after a push that may fail",
    { steps: `${PUSH}\n  continue-on-error: true\n${RELEASE}` },
    [8],
  ],
  ["release-before-image", "after a push, always()", { steps: `${PUSH}\n${RELEASE}\n  if: \${{ always() }}` }, [7]],
  ["release-before-image", "where no image is pushed", { steps: RELEASE }, []],
  [
    "release-before-image",
    "needs through another job",
    {
      steps: PUSH,
      more: `  test: { needs: image, steps: [{ run: a }] }\n  release:\n    needs: [test]\n    steps:\n      ${RELEASE}`,
    },
    [],
  ],
  [
    "release-before-image",
    "beside a job for branches",
    {
      steps: PUSH,
      more: `  edge: { if: github.ref == 'refs/heads/main', steps: [{ run: docker push a/b:edge }] }\n  release:\n    needs: [image]\n    steps:\n      ${RELEASE}`,
    },
    [],
  ],
  ["release-before-image", "Slipway's own", { steps: "- run: slipway release 1.2.3" }, []],
  [
    "push-in-pull-request",
    "the job keeps them out",
    { on: PULL, job: "if: github.event_name == 'push'", steps: PUSH },
    [],
  ],
  [
    "push-in-pull-request",
    "a job it needs keeps them out",
    {
      on: PULL,
      job: "needs: test",
      steps: PUSH,
      more: "  test: { if: github.event_name != 'pull_request', steps: [{ run: a }] }",
    },
    [],
  ],
  [
    "push-in-pull-request",
    "a job it needs keeps them out, always()",
    {
      on: PULL,
      job: "needs: test\nif: always()",
      steps: PUSH,
      more: "  test: { if: github.event_name != 'pull_request', steps: [{ run: a }] }",
    },
    [7],
  ],
  ["push-in-pull-request", "push: false", { on: PULL, steps: PUSH.replace("true", "false") }, []],
  [
    "push-in-pull-request",
    "by output",
    { on: PULL, steps: "- uses: docker/build-push-action@v6\n  with: { outputs: 'type=image,push=true' }" },
    [5],
  ],
  [
    "push-in-pull-request",
    "by buildx",
    { on: PULL, steps: "- run: |\n    docker buildx build \\\n      --push -t a/b:1 ." },
    [6],
  ],
  [
    "push-in-pull-request",
    "by Slipway's action",
    { on: PULL, steps: "- uses: acme/slipway@v1\n  with: { command: push }" },
    [5],
  ],
  [
    "push-in-pull-request",
    "Slipway's action that only plans",
    { on: PULL, steps: "- uses: acme/slipway@v1\n  with: { command: run, args: plan push }" },
    [],
  ],
  ["push-in-pull-request", "git push", { on: PULL, steps: "- run: git push" }, []],
  [
    "workflow-run-unguarded",
    "with another trigger",
    {
      on: "{ workflow_dispatch: , workflow_run: { workflows: [T] } }",
      job: "if: github.event_name == 'workflow_dispatch' || (github.event.workflow_run.conclusion == 'success' && github.event.workflow_run.event == 'push' && github.event.workflow_run.head_repository.full_name == github.repository)",
    },
    [],
  ],
  [
    "workflow-run-unguarded",
    "one alternative lets all in",
    {
      on: "{ workflow_run: { workflows: [T] } }",
      job: "if: github.event.workflow_run.conclusion == 'success' || github.actor == 'a'",
    },
    [4],
  ],
  [
    "template-injection",
    "constants",
    { steps: "- run: echo ${{ github.sha }} ${{ runner.os }} ${{ env.A }}\n  env: { A: b }" },
    [],
  ],
  [
    "template-injection",
    "a variable made of an input",
    { steps: "- run: echo ${{ env.A }}\n  env: { A: '${{ inputs.a }}' }" },
    [5],
  ],
  [
    "template-injection",
    "a fixed matrix",
    { job: "strategy: { matrix: { a: [b, c] } }", steps: "- run: echo ${{ matrix.a }}" },
    [],
  ],
  [
    "template-injection",
    "a matrix made elsewhere",
    { job: "strategy: { matrix: { a: '${{ fromJSON(inputs.a) }}' } }", steps: "- run: echo ${{ matrix.a }}" },
    [6],
  ],
  ["template-injection", "outside scripts", { steps: "- name: ${{ github.head_ref }}\n  run: make" }, []],
  [
    "secrets-in-pull-request",
    "the token that everybody has",
    { on: PULL, steps: "- run: a\n  env: { T: '${{ secrets.GITHUB_TOKEN }}' }" },
    [],
  ],
  [
    "secrets-in-pull-request",
    "all of them",
    { on: PULL, more: "  other:\n    uses: ./x.yml\n    secrets: inherit" },
    [8],
  ],
  [
    "secrets-in-pull-request",
    "in a step that keeps them out",
    { on: PULL, steps: "- if: github.event_name == 'push'\n  run: a\n  env: { T: '${{ secrets.T }}' }" },
    [],
  ],
  ["cache-in-publish", "a job that publishes nothing", { steps: "- uses: actions/cache@v4" }, []],
  [
    "cache-in-publish",
    "setup-go, which has one unless told not to",
    { steps: `- uses: actions/setup-go@v5\n${PUSH}` },
    [5],
  ],
  [
    "cache-in-publish",
    "setup-go, told not to",
    { steps: `- uses: actions/setup-go@v5\n  with: { cache: false }\n${PUSH}` },
    [],
  ],
  ["cache-in-publish", "only saved", { steps: `- uses: actions/cache/save@v4\n${PUSH}` }, []],
  ["cancels-release", "a check", { top: "concurrency: { group: a, cancel-in-progress: true }" }, []],
  [
    "cancels-release",
    "only pull requests",
    {
      top: "concurrency: { group: a, cancel-in-progress: \"${{ github.event_name == 'pull_request' }}\" }",
      steps: PUSH,
    },
    [],
  ],
  ["download-unverified", "a page", { steps: "- run: curl -fsSL https://example.com/status" }, []],
  [
    "download-unverified",
    "the list of checksums",
    { steps: "- run: curl -fsSLO https://example.com/releases/download/v1/checksums.txt" },
    [],
  ],
  [
    "multi-rebuild",
    "one registry, two images",
    { steps: `${PUSH}\n${PUSH.replace("app", "other").replace("{", "{ context: other,")}` },
    [],
  ],
  [
    "multi-rebuild",
    "by buildx",
    {
      steps:
        "- run: docker buildx build --push -t ghcr.io/a/b:1 .\n- run: docker buildx build --push --tag=docker.io/a/b:1 .",
    },
    [6],
  ],
  [
    "multi-rebuild",
    "parts that are joined later",
    {
      steps:
        "- uses: docker/build-push-action@v6\n  with: { outputs: 'type=image,push-by-digest=true,push=true' }".repeat(
          1,
        ),
    },
    [],
  ],
  [
    "single-platform-overwrites",
    "in two jobs",
    {
      steps: PUSH.replace("push:", "platforms: linux/amd64, push:"),
      more: `  other:\n    steps:\n      ${PUSH.replace("push:", "platforms: linux/arm64, push:").replace("\n", "\n      ")}`,
    },
    [9],
  ],
  [
    "single-platform-overwrites",
    "an output of the same name in two jobs",
    {
      steps: PUSH.replace("'ghcr.io/acme/app:1'", "'${{ steps.meta.outputs.tags }}', platforms: linux/amd64"),
      more: `  other:\n    steps:\n      ${PUSH.replace("'ghcr.io/acme/app:1'", "'${{ steps.meta.outputs.tags }}'").replace("\n", "\n      ")}`,
    },
    [],
  ],
  [
    "latest-unguarded",
    "only of the default branch",
    {
      steps:
        "- uses: docker/metadata-action@v5\n  with: { tags: 'type=raw,value=latest,enable={{is_default_branch}}' }",
    },
    [],
  ],
  ["latest-unguarded", "by docker push", { steps: "- run: docker push ghcr.io/acme/app:latest" }, [5]],
  [
    "latest-unguarded",
    "by docker push, of one branch",
    { steps: "- if: github.ref == 'refs/heads/main'\n  run: docker push ghcr.io/acme/app:latest" },
    [],
  ],
  [
    "latest-unguarded",
    "by flavor, of prereleases",
    {
      on: "{ push: { tags: ['v*'] } }",
      steps: "- uses: docker/metadata-action@v5\n  with:\n    flavor: |\n      latest=true",
    },
    [8],
  ],
  ["duplicate-key", "deep in the file", { steps: "- run: a\n  env: { A: 1, A: 2 }" }, [6]],
  [
    "duplicate-key",
    "in a heredoc of another kind",
    { steps: "- run: |\n    cat > a.properties <<EOF\n    a: 1\n    a: 2\n    EOF" },
    [],
  ],
  [
    "yaml-syntax",
    "a heredoc that the shell completes",
    { steps: "- run: |\n    cat > a.yml <<EOF\n    a: [$B\n    EOF" },
    [],
  ],
  [
    "unpinned-action",
    "of the checkout, and of a digest",
    { steps: `- uses: ./a\n- uses: docker://a/b@sha256:${"0".repeat(64)}` },
    [],
  ],
  [
    "unpinned-action",
    "a workflow that is called",
    { more: "  other:\n    uses: a/b/.github/workflows/c.yml@main" },
    [7],
  ],
  ["permissions-missing", "one job has some", { more: "  other:\n    permissions: {}\n    steps: [{ run: a }]" }, [3]],
  ["schedule-on-the-hour", "past the hour", { on: "{ schedule: [{ cron: '30 0 * * *' }] }" }, []],
  ["pull-as-verification", "before the push", { steps: `- run: docker pull a/b:1\n${PUSH}` }, []],
];

for (const [rule, what, written, lines] of CASES) {
  test(`${rule}: ${what}`, () => {
    const found = lintText("w.yml", workflow(written)).filter((finding) => finding.rule === rule);
    assert.deepEqual(
      found.map(({ place }) => place.line),
      lines,
    );
  });
}

const contract = (tags: readonly string[]): LintContext => ({
  contract: { images: ["docker.io/acme/app"], tags: tags.map(parseTagRule) },
});
const META = (tags: readonly string[], images = "acme/app") =>
  workflow({
    steps: `- uses: docker/metadata-action@v5\n  with:\n    images: ${images}\n    tags: |\n${tags.map((tag) => `      ${tag}`).join("\n")}`,
  });

const CONTRACTS: readonly (readonly [
  what: string,
  text: string,
  config: readonly string[],
  facts: object | undefined,
])[] = [
  [
    "the same, spelt otherwise",
    META(["type=semver,pattern={{version}}", "type=raw,value=latest"]),
    ["{{version}}", "latest"],
    undefined,
  ],
  ["latest comes by itself", META(["type=semver,pattern={{version}}"]), ["{{version}}", "latest"], undefined],
  ["another image", META(["type=sha"], "acme/other"), ["{{version}}"], undefined],
  ["one too many, one too few", META(["type=sha"]), ["{{version}}"], { extra: "`type=sha`", missing: "`{{version}}`" }],
  ["what only the run knows", META(["type=raw,value=${{ inputs.tag }}"]), ["{{version}}"], undefined],
];

for (const [what, text, config, facts] of CONTRACTS) {
  test(`tags-contract: ${what}`, () => {
    const [found] = lintText("w.yml", text, contract(config)).filter(({ rule }) => rule === "tags-contract");
    assert.deepEqual(found?.facts, facts);
  });
}
