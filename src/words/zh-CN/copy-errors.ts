export const copyErrors = {
  ATTESTATION_REFUSED: {
    message: "{host} 拒绝接收与镜像并列的 {digest}，它是证明（attestation）或其他制品（{type}）：{detail}",
    hint: "用 `--adapt` 或在配置中写 `adapt: true`，即可去掉它再发送其余镜像，但摘要会不同；若要处处摘要一致，请在构建时不生成它（BuildKit：`provenance: false`、`sbom: false`）",
  },
  REFERRER_REFUSED: {
    message: "{host} 拒绝接收引用该镜像的 {digest}，它是签名、证明或其他制品（{type}）：{detail}",
    hint: "用 `--adapt` 或在配置中写 `adapt: true`，即可去掉它再发送镜像；`referrers: false` 则对所有目的端都不发送此类内容",
  },
  NESTED_INDEX_REFUSED: {
    message: "{host} 拒绝接收 {digest}，它是一个列有其他索引的索引：{detail}",
    hint: "用 `--adapt` 或在配置中写 `adapt: true`，即可把各层索引合并为一个再发送，但摘要会不同",
  },
  FOREIGN_LAYERS_REFUSED: {
    message: "{host} 拒绝接收 {digest}，因为它的层 {layer} 存放在别处：{detail}",
    hint: "Slipway 不会下载这类层：请在仓库上允许其地址（distribution：`validation.manifests.urls.allow`），或发布包含全部层的镜像",
  },
  DELETE_UNSAFE: {
    message: "{target} 只能按摘要删除，而 {others} 仍需要那里的 {digest}",
    hint: "没有删除任何内容：请在该仓库自己的页面上删除此标签，或把共用该摘要的标签一并清理",
  },
} as const;
