export const githubErrors = {} as const;
