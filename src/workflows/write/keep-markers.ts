/** What a person's own lines stand between. */
export const OPEN = "# slipway:keep";
export const CLOSE = "# /slipway:keep";
