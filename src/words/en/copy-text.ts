export const copyText = {
  "side.source": "source: ",
  "side.destination": "destination: ",
  "skip.in-step": "in step",
  "skip.platform": "for none of the platforms asked for",
  "skip.moved": "left: it is not what it was",
  "skip.withheld": "left: another image of its repository failed",
  "adapted.nesting": "nested indexes made one",
  "adapted.attestations": "without attestations",
  "adapted.media-types": "as Docker's types",
  "adapted.referrers": "without some of what refers to it",
} as const;
