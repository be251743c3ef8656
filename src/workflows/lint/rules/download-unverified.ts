import { remark } from "../finding.ts";
import { commandsOf } from "../model/publications.ts";
import { type Job, stepsIn, type Workflow } from "../model/workflow.ts";
import type { Rule } from "../rule.ts";

const PROGRAM =
  /https?:\/\/[^\s"']*(?:\/releases\/(?:latest\/)?download\/[^\s"']+|\.(?:tar\.(?:gz|xz|bz2|zst)|tgz|zip|deb|rpm|apk|AppImage|exe|jar|whl|bin)\b)/i;
const PIPED = /https?:\/\/\S+[^|]*\|\s*(?:sudo\s+)?(?:\w+=\S+\s+)*(?:ba|z|da)?sh\b/;
const CHECKED =
  /\b(?:sha(?:1|256|384|512)sum|b2sum)\b.*(?:\s-\w*c|--check)|\bshasum\b.*(?:\s-\w*c|--check)|\b(?:cosign\s+verify|gpg2?\b.*--verify|minisign\s+-V|gh\s+attestation\s+verify|slsa-verifier|openssl\s+dgst)/;
const CHECKSUM_FILE = /\.(?:sha(?:1|256|512)(?:sums?)?|asc|sig|minisig|pem)$|checksums?\.txt$/i;

/** A program from the net runs with all that the job may do: it is the one that was meant, or it does not run. */
export const downloadUnverified: Rule = {
  name: "download-unverified",
  severity: "warning",
  link: "https://docs.github.com/en/actions/reference/security/secure-use",
  *check(workflow) {
    for (const { job, step } of stepsIn(workflow)) {
      for (const { text, place } of commandsOf(workflow, step)) {
        if (!/^(?:sudo\s+)?(?:wget|curl)\b/.test(text)) continue;
        const url = PROGRAM.exec(text)?.[0];
        if (url !== undefined && !CHECKSUM_FILE.test(url) && !isChecked(workflow, job)) {
          yield remark(place, "lint.download-unverified", { url });
        }
      }
      const piped = (step.run?.text ?? "")
        .split("\n")
        .findIndex((line) => /^\s*(?:sudo\s+)?(?:curl|wget)\b/.test(line) && PIPED.test(line));
      const command =
        piped < 0
          ? undefined
          : commandsOf(workflow, step).find((one) => one.text.startsWith(firstPart(step.run?.text, piped)));
      if (command !== undefined && PROGRAM.exec(command.text) === null) {
        yield remark(command.place, "lint.download-unverified.piped");
      }
    }
  },
};

function isChecked(workflow: Workflow, job: Job): boolean {
  return job.steps.some((step) => commandsOf(workflow, step).some(({ text }) => CHECKED.test(text)));
}

function firstPart(script: string | undefined, line: number): string {
  return (script?.split("\n")[line] ?? "").split("|")[0]?.trim() ?? "";
}
