export const notifyErrors = {} as const;
