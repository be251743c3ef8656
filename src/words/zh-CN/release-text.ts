export const releaseText = {} as const;
