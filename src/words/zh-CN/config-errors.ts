export const configErrors = {
  CONFIG_INVALID: {
    message: "{file} 有 {count} 处问题",
    hint: "每一处都已列出行号和列号；尚未开始任何操作",
  },
  CONFIG_UNREADABLE: {
    message: "无法读取 {file}：{reason}",
    hint: "请检查路径和权限；它必须是 UTF-8 编码的文本文件",
  },
  CONFIG_EMPTY: {
    message: "{where}：文件是空的；应为 {expected}",
    hint: "是不是在内容确定之前就写出了文件？`slipway config check` 只检查文件，不做任何操作",
  },
  CONFIG_SYNTAX: {
    message: "{where}：不是合法的 YAML 或 JSON：{reason}",
    hint: "YAML 用空格缩进；值里若有冒号加空格、# 或以 *、& 开头，需要加引号",
  },
  CONFIG_KEY_DUPLICATE: {
    message: "{where}：{key} 在第 {first} 行已经写过",
    hint: "两处请只保留一处",
  },
  CONFIG_KEY_UNKNOWN: {
    message: "{where}：未知的键 {key}",
    hint: "此处可用的键：{known}",
  },
  CONFIG_KEY_MISSPELT: {
    message: "{where}：未知的键 {key}；是否想写 {nearest}？",
    hint: "此处可用的键：{known}",
  },
  CONFIG_KEY_MISSING: {
    message: "{where}：缺少 {key}",
    hint: "`slipway config schema` 说明了每一个键",
  },
  CONFIG_VALUE_INVALID: {
    message: "{where}：{key} 无法使用：{reason}",
    hint: "`slipway config schema` 说明了每一个键",
  },
  CONFIG_VARIABLE_MISSING: {
    message: "{where}：变量 {name} 没有设置",
    hint: "请在环境变量或配置旁的 .env 中设置它，或在花括号内用 `:-` 给出默认值",
  },
  CONFIG_VARIABLE_REQUIRED: {
    message: "{where}：需要变量 {name}：{reason}",
    hint: "请在环境变量或配置旁的 .env 中设置它",
  },
  CONFIG_VARIABLE_SYNTAX: {
    message: "{where}：变量写法有误：{reason}",
    hint: "花括号内可写：变量名、变量名:-默认值、变量名:?提示 或 file:路径；$$ 表示一个美元符号",
  },
  CONFIG_FILE_UNREADABLE: {
    message: "{where}：无法读取文件 {file}：{reason}",
    hint: "相对路径从配置所在的文件夹算起",
  },
  CONFIG_CONFLICT: {
    message: "有两个镜像都要成为 {destination}：{first} 和 {second}",
    hint: "尚未发送任何内容；请为其中一个换一个标签或仓库",
  },
  CONFIG_FORMAT_UNKNOWN: {
    message: "{file} 不属于任何可导入的格式",
    hint: "可导入 regsync.yml、skopeo 的 sync YAML，以及 image-syncer 的 auth 和 images 文件",
  },
  MIRROR_SOURCE_EMPTY: {
    message: "{source} 没有任何标签",
    hint: "请检查名称；私有仓库对未登录者可能显示为空",
  },
} as const;
