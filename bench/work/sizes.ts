/** How much there is to copy. */
export interface Size {
  readonly bigMiB: number;
  /** Of the image that goes over a narrow wire. */
  readonly narrowMiB: number;
  readonly images: number;
  readonly tags: number;
  /** Tags that are looked at, and not copied. */
  readonly surveyed: number;
}

export const SIZES = {
  full: { bigMiB: 1024, narrowMiB: 128, images: 200, tags: 1000, surveyed: 100_000 },
  small: { bigMiB: 128, narrowMiB: 32, images: 40, tags: 100, surveyed: 10_000 },
  tiny: { bigMiB: 24, narrowMiB: 4, images: 10, tags: 10, surveyed: 100 },
} as const satisfies Record<string, Size>;
