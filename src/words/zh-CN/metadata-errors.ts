export const metadataErrors = {
  TAG_RULE_INVALID: {
    message: "不是标签规则：{text}（{reason}）",
    hint: "可直接写出标签，并用双花括号引用 version、major、minor、sha、branch 或 date；也可按 docker/metadata-action 的写法 `type=…,key=value`",
  },
  TAG_FLAVOR_INVALID: {
    message: "不是标签的 flavor 设置：{text}（{reason}）",
    hint: "写法：latest=auto、latest=true 或 latest=false，prefix=文本 或 suffix=文本；若 `latest` 也要加上，则在其后写 onlatest=true",
  },
  TEMPLATE_INVALID: {
    message: "无法填充这段文本：{text}（{reason}）",
    hint: "双花括号中只能写已知的名称；date 和 commit_date 之后要写带引号的格式",
  },
  VERSION_INVALID: {
    message: "不是版本号：{text}",
    hint: "写法：主版本.次版本.修订号，如 1.2.3 或 2.0.0-rc.1（semver.org）；或至少含两段数字的 Python 版本，如 1.2rc1；开头的 v 会被去掉",
  },
} as const;
