export const copyText = {
  "side.source": "源端：",
  "side.destination": "目的端：",
  "skip.in-step": "已同步",
  "skip.platform": "不属于所选平台",
} as const;
