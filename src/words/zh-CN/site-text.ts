export const siteText = {} as const;
