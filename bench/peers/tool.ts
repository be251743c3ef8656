import type { Authority } from "../../src/testing/index.ts";

/** What is to be copied from a registry, all of it, to every destination, under the same names. */
export interface Job {
  /** `127.0.0.1:5000` */
  readonly source: string;
  readonly destinations: readonly string[];
  /** By repository: its tags, which are all that it has. */
  readonly repositories: ReadonlyMap<string, readonly string[]>;
  /** All registries speak TLS, with certificates of this one; left out: plain HTTP. */
  readonly authority?: Pick<Authority, "caFile" | "certDir">;
}

/** How a tool does a job: commands one after the other, in a folder that holds the files. */
export interface Work {
  readonly commands: readonly (readonly string[])[];
  readonly files?: Readonly<Record<string, string>>;
  /** Besides the benchmark's own. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** How Go programs are told of an authority besides by flags of their own: https://pkg.go.dev/crypto/x509#SystemCertPool */
export function trusting({ authority }: Job): Pick<Work, "environment"> {
  return authority === undefined ? {} : { environment: { SSL_CERT_FILE: authority.caFile } };
}

/** A program that copies images. */
export interface Tool {
  readonly name: string;
  /** As it is called on PATH, or its path. */
  readonly executable: string;
  /** Makes it print its version. */
  readonly version: readonly string[];
  /** @returns nothing when the tool has no command for such a job */
  work(job: Job): Work | undefined;
}

/** The one tag of a job that has only one: such a job is written as a copy, others as mirroring. */
export function singleImage({ repositories }: Job): { readonly repository: string; readonly tag: string } | undefined {
  const [first, second] = repositories;
  if (first === undefined || second !== undefined) return undefined;
  const [repository, [tag, other]] = first;
  return tag === undefined || other !== undefined ? undefined : { repository, tag };
}

/** One command for each repository and destination. */
export function eachRepository(
  { source, destinations, repositories }: Job,
  command: (from: string, destination: string, repository: string) => readonly string[],
): Work {
  const names = [...repositories.keys()];
  return {
    commands: destinations.flatMap((destination) =>
      names.map((repository) => command(`${source}/${repository}`, destination, repository)),
    ),
  };
}

/** One command for each tag and destination. */
export function eachTag(job: Job, command: (from: string, to: string) => readonly string[]): Work {
  const images = [...job.repositories].flatMap(([repository, tags]) => tags.map((tag) => `${repository}:${tag}`));
  return {
    commands: job.destinations.flatMap((destination) =>
      images.map((image) => command(`${job.source}/${image}`, `${destination}/${image}`)),
    ),
  };
}
