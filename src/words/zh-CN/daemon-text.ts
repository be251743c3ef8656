export const daemonText = {} as const;
