import type { Diagnosis } from "../../release/diagnose.ts";
import { type Remark, remark, remarkText } from "../../release/remark.ts";
import type { PlaceState, ReleaseState, VersionState } from "../../release/version-state.ts";
import type { Words } from "../../words/words.ts";
import { EXIT, exitOfError } from "../exit.ts";
import type { Paint, Style } from "../output/color.ts";
import { displayWidth, padEnd, printable } from "../output/width.ts";

/** 0 when nothing is wrong, 5 when something is; where nothing could be asked at all, the reason's. */
export function exitOfState({ places, release }: VersionState, diagnoses: readonly Diagnosis[]): number {
  const errors = [
    ...places.flatMap(({ sighting }) => (sighting.state === "unknown" ? [sighting.error] : [])),
    ...(release?.state === "unknown" ? [release.error] : []),
  ];
  const asked = places.length + (release === undefined ? 0 : 1);
  const [first] = errors;
  if (first !== undefined && errors.length === asked) return exitOfError(first);
  return diagnoses.length === 0 ? EXIT.done : EXIT.drift;
}

/** A line for each place, then what is wrong. */
export function stateLines(
  state: VersionState,
  diagnoses: readonly Diagnosis[],
  words: Words,
  paint: Paint,
): readonly string[] {
  const { places, release, expected, version } = state;
  const rows = [
    ...places.map((place) => ({ name: place.repository, ...placeText(place, state) })),
    ...(release === undefined ? [] : [{ name: `GitHub ${release.repository}`, ...releaseText(release) }]),
  ];
  const width = Math.max(...rows.map(({ name }) => displayWidth(printable(name))));
  const lines = rows.map(({ name, style, mark, digest, said }) => {
    const text = printable(remarkText(said, words.language));
    const shown = digest === undefined ? "" : `  ${digest}`;
    return `${paint(style, mark)} ${padEnd(printable(name), width)}  ${text}${paint("dim", shown)}`;
  });
  if (diagnoses.length > 0) return [...lines, "", ...diagnosisLines(diagnoses, state, words, paint)];
  if (expected === undefined) return lines;
  const end = remarkText(remark("verify.fine", { version, digest: expected }), words.language);
  const isFine = rows.every(({ mark }) => mark === "✓");
  return isFine ? [...lines, "", paint("green", end)] : lines;
}

interface Shown {
  readonly style: Style;
  readonly mark: string;
  readonly digest?: string;
  readonly said: Remark;
}

const GOOD = { style: "green", mark: "✓" } as const;
const BAD = { style: "red", mark: "✗" } as const;
const UNSURE = { style: "yellow", mark: "?" } as const;

function placeText({ sighting, adapted }: PlaceState, { expected }: VersionState): Shown {
  switch (sighting.state) {
    case "unknown":
      return { ...UNSURE, said: remark("verify.place.unknown", { code: sighting.error.code }) };
    case "absent":
      return { ...BAD, said: remark("verify.place.absent", {}) };
    case "there": {
      const { digest } = sighting;
      if (adapted !== undefined) return { ...GOOD, digest, said: remark("verify.place.adapted", {}) };
      if (digest === expected) return { ...GOOD, digest, said: remark("verify.place.there", {}) };
      return { ...BAD, digest, said: remark("verify.place.other", {}) };
    }
  }
}

function releaseText(release: ReleaseState): Shown {
  const { tag } = release;
  switch (release.state) {
    case "unknown":
      return { ...UNSURE, said: remark("verify.release.unknown", { code: release.error.code }) };
    case "published":
      return { ...GOOD, said: remark("verify.release.published", { tag }) };
    default:
      return { ...BAD, said: remark(`verify.release.${release.state}`, { tag }) };
  }
}

/** What is wrong, each with what mends it. */
export function diagnosisLines(
  diagnoses: readonly Diagnosis[],
  { version }: VersionState,
  words: Words,
  paint: Paint,
): readonly string[] {
  if (diagnoses.length === 0) return [paint("green", words.text("why.fine", { version }))];
  return diagnoses.flatMap((diagnosis) => {
    const said = `${paint("red", "✗")} ${printable(remarkText(diagnosis.said, words.language))}`;
    return [said, `  ${paint("dim", printable(repairText(diagnosis, words)))}`];
  });
}

function repairText({ repair, kind }: Diagnosis, words: Words): string {
  if (repair !== undefined) return words.text("why.repair", { command: repair });
  return kind === "unknown" ? words.text("why.ask-again") : words.text("why.by-hand");
}

/** The same for programs. */
export function stateJson(state: VersionState, diagnoses: readonly Diagnosis[], words: Words): object {
  const { version, tag, places, release, expected } = state;
  return {
    release: version,
    tag,
    ...(expected !== undefined && { expected }),
    places: places.map(({ sighting, repository, adapted }) => ({
      name: sighting.outlet.name,
      repository,
      required: sighting.outlet.required,
      state: sighting.state,
      ...(sighting.state === "there" && { digest: sighting.digest, revision: sighting.revision }),
      ...(sighting.state === "unknown" && { code: sighting.error.code }),
      ...(adapted !== undefined && { adapted }),
    })),
    ...(release !== undefined && {
      github: {
        repository: release.repository,
        tag: release.tag,
        state: release.state,
        ...("release" in release && { url: release.release.htmlUrl, assets: release.assets }),
      },
    }),
    problems: diagnoses.map(({ said, ...diagnosis }) => ({
      ...diagnosis,
      facts: said.facts,
      text: remarkText(said, words.language),
    })),
  };
}
