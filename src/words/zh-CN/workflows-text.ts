import { lintReportText, lintText } from "./lint-text.ts";

export const workflowsText = {
  ...lintText,
  ...lintReportText,
  "workflows.new": "已写入 {file}",
  "workflows.changed": "已重新写入 {file}",
  "workflows.removed": "已删除 {file}：配置不再需要它",
  "workflows.unchanged": "{file} 无需改动",
  "workflows.would.new": "将写入 {file}",
  "workflows.would.changed": "将重新写入 {file}",
  "workflows.would.removed": "将删除 {file}",
  "workflows.line": "{file} 第 {line} 行：",
  "workflows.stale": "{file}：配置不再需要它",
  "workflows.update.taken": "{action}：{from} → {to}",
  "workflows.update.held": "{action}：保持 {from}；已有 {to}，但其输入项可能不同（用 `--majors` 采用）",
  "workflows.update.none": "所有 action 都没有更新的版本",
  "workflows.update.written": "已写入 {file}；运行 `slipway workflows` 后工作流才会采用",
} as const;
