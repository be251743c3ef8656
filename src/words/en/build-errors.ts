export const buildErrors = {} as const;
