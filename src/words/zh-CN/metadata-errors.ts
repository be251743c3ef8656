export const metadataErrors = {} as const;
