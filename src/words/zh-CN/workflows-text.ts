export const workflowsText = {} as const;
