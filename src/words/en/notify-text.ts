export const notifyText = {} as const;
