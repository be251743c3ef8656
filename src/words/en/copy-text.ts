export const copyText = {
  "side.source": "source: ",
  "side.destination": "destination: ",
  "skip.in-step": "in step",
  "skip.platform": "for none of the platforms asked for",
} as const;
