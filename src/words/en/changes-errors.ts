export const changesErrors = {} as const;
