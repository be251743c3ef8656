export const siteErrors = {} as const;
