import type { Run, Setting } from "./workplace.ts";

/** A tool that copies an image, as the rows use it. */
export type Player = Slipway | Peer;

export interface Named {
  readonly name: string;
  /** As it is called on PATH, or its path. */
  readonly executable: string;
  /** Makes it print its version. */
  readonly version: readonly string[];
}

/** Full references: `127.0.0.1:5000/team/app:v1`. */
export interface Copy {
  readonly from: string;
  readonly to: string;
}

export interface Peer extends Named {
  readonly kind: "peer";
  /** Copies the image with all of its platforms, with as many tries as the tool makes or can be told to make. */
  copy(copy: Copy, setting?: Setting): Promise<Run>;
}

export interface Slipway extends Named {
  readonly kind: "slipway";
  copy(copy: Copy, setting?: Setting): Promise<Run>;
  run(args: readonly string[], setting?: Setting): Promise<Run>;
}
