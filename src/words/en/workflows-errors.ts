export const workflowsErrors = {} as const;
