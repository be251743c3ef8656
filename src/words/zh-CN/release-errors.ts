export const releaseErrors = {} as const;
