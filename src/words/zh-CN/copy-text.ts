export const copyText = {
  "side.source": "源端：",
  "side.destination": "目的端：",
  "skip.in-step": "已同步",
  "skip.platform": "不属于所选平台",
  "skip.moved": "保留：已不是原先的内容",
  "skip.withheld": "保留：该仓库另有镜像失败",
  "adapted.nesting": "嵌套索引已合并",
  "adapted.attestations": "不含证明",
  "adapted.media-types": "改用 Docker 的类型",
  "adapted.referrers": "不含部分引用它的内容",
} as const;
