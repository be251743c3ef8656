export const lintText = {
  "lint.yaml-syntax": "不是有效的 YAML：{reason}",
  "lint.yaml-syntax.shape": "既不是工作流也不是 action：缺少 `{key}`",
  "lint.yaml-syntax.heredoc": "写入 {file} 的内容不是有效的 YAML：{reason}",
  "lint.yaml-syntax.why": "GitHub 不会运行它读不懂的文件，而错误显示在没人看的地方。",
  "lint.yaml-syntax.hint": "YAML 用空格缩进；值里含有冒号加空格或 # 时需要加引号",

  "lint.duplicate-key": "`{key}` 在第 {first} 行已经写过",
  "lint.duplicate-key.heredoc": "{file} 中的 `{key}` 在第 {first} 行已经写过：两行中会丢失一行",
  "lint.duplicate-key.why": "同一个键写两行，最多只有一行有效：`images.yaml` 中重复的源会丢掉一个目标。",
  "lint.duplicate-key.hint": "键只写一次；在 image-syncer 的 `images.yaml` 中给它一个目标列表：`source: [one, other]`",

  "lint.trigger-release-published": "此工作流由 GitHub Release 触发，于是发布先于镜像出现",
  "lint.trigger-release-published.why":
    "由发布来触发镜像构建，意味着镜像还不存在时发布就已公开；构建失败后就一直如此。第二条发布路径也会逐渐与第一条不一致。",
  "lint.trigger-release-published.hint":
    "改由标签或测试的 `workflow_run` 触发；先推送镜像，再由同一次运行创建发布：`slipway release`",

  "lint.trigger-pull-request-target": "`pull_request_target` 会让任何提交拉取请求的人使用本仓库的密钥运行",
  "lint.trigger-pull-request-target.why": "工作流拥有写权限和密钥，而标题、分支以及多数情况下的代码都来自陌生人。",
  "lint.trigger-pull-request-target.hint": "使用 `pull_request`：对复刻仓库它既没有密钥也没有写权限",

  "lint.workflow-run-unguarded": "作业 {job} 没有检查是哪次运行唤醒了它；`if` 中缺少：{guards}",
  "lint.workflow-run-unguarded.checkout": "这里检出的是默认分支的最新提交，而不是经过测试的那个提交",
  "lint.workflow-run-unguarded.why":
    "`workflow_run` 在失败的运行和复刻仓库拉取请求的运行之后也会触发，而且总是带着本仓库的密钥；`github.sha` 也是另一个提交。",
  "lint.workflow-run-unguarded.hint":
    "在作业的 `if` 中用 && 连接这些条件，并把 checkout 的 `ref:` 设为表达式 github.event.workflow_run.head_sha",

  "lint.release-before-image": "{release} 可能在没有镜像时创建发布：{where} 处的 {push} 不一定已成功",
  "lint.release-before-image.why": "发布不能宣告一个谁也拉取不到的镜像。",
  "lint.release-before-image.hint":
    "把发布放到后面的步骤，或放到 `needs` 所有推送作业且不用 always() 的作业；`slipway release` 保证这个顺序",

  "lint.push-in-pull-request": "{what} 可能从拉取请求推送",
  "lint.push-in-pull-request.why": "未经评审的内容会被发布；而复刻仓库的拉取请求没有凭据，会失败。",
  "lint.push-in-pull-request.hint":
    "只构建：`push: false`，或在步骤或作业上用 `if` 写 `github.event_name != 'pull_request'`",

  "lint.secrets-in-pull-request": "拉取请求可以接触到密钥 {secret}",
  "lint.secrets-in-pull-request.why":
    "拉取请求所改的内容会带着密钥运行，可以把它发到任何地方；对复刻仓库密钥为空，作业会失败。",
  "lint.secrets-in-pull-request.hint": "检查拉取请求不需要密钥；把需要密钥的部分移到分支或标签的工作流",

  "lint.secrets-in-env-scope": "这里的每个步骤以及其中的每个 action 都会得到密钥 {secret}",
  "lint.secrets-in-env-scope.script": "密钥 {secret} 被写进脚本的文本",
  "lint.secrets-in-env-scope.heredoc": "密钥 {secret} 被写进文件：{file}",
  "lint.secrets-in-env-scope.why":
    "密钥的安全取决于能读到它的最薄弱一环：其他 action、脚本自己的日志、之后被上传的文件。值里的引号还会破坏脚本或文件。",
  "lint.secrets-in-env-scope.hint":
    "只用 `env:` 交给需要它的那个步骤，在其中作为带引号的变量读取；`slipway sync` 从环境取得凭据，不需要文件",

  "lint.template-injection": "{context} 的值会作为代码放进脚本",
  "lint.template-injection.attacker": "谁能决定 {context}，谁就能写这段脚本的一部分",
  "lint.template-injection.why":
    "GitHub 在 shell 读取脚本之前就把表达式的值放进去；值里一个引号加一个分号就足以运行任何东西。",
  "lint.template-injection.hint": '用步骤的 `env:` 传入，在脚本中写 `"$NAME"`，或用 process.env.NAME 读取',

  "lint.unpinned-action": "{action} 没有固定到提交",
  "lint.unpinned-action.image": "{image} 没有固定到摘要",
  "lint.unpinned-action.why": "标签或分支可以被所有者、也可以被盗用账号的人移动，作业会运行那里的任何内容。",
  "lint.unpinned-action.hint":
    "写提交的 40 位十六进制数，后面注明版本：`owner/name@<commit> # v1.2.3`；镜像写 `@sha256:…`",

  "lint.action-comment-missing": "{action} 没有说明是哪个版本",
  "lint.action-comment-missing.why": "没有人会读 40 位十六进制数；Dependabot 和 Renovate 会让注释与它保持一致。",
  "lint.action-comment-missing.hint": "在该行末尾加上注释：`# v1.2.3`",

  "lint.permissions-missing": "作业 {job} 的令牌拥有仓库默认给予的一切权限",
  "lint.permissions-missing.why": "默认往往是对所有内容的写权限，作业里的每个 action 都有。",
  "lint.permissions-missing.hint": "在顶部写 `permissions: {}`，每个作业只写它需要的，例如 `contents: read`",

  "lint.permissions-broad": "`{permission}` 超出任何作业的需要",
  "lint.permissions-broad.everywhere": "工作流的每个作业都可以写 `{permission}`",
  "lint.permissions-broad.why": "令牌的危险在于它能做什么，而作业里的每个 action 都持有它。",
  "lint.permissions-broad.hint": "在顶部写 `permissions: {}`，把权限写在需要它的那个作业上",

  "lint.persist-credentials": "checkout 会把令牌留在 `.git/config` 中",
  "lint.persist-credentials.why": "之后的每个步骤都能读到它，拿到该文件夹（作为构件或在镜像里）的人也能读到。",
  "lint.persist-credentials.hint": "在它的 `with:` 中加上 `persist-credentials: false`",

  "lint.concurrency-missing": "作业 {job} 会发布，而它的两次运行可能同时进行",
  "lint.concurrency-missing.why": "两次同时发布的运行会以任意顺序互相覆盖标签。",
  "lint.concurrency-missing.hint": "加上 `concurrency:`，`group` 对它们都相同，并写 `cancel-in-progress: false`",

  "lint.cancels-release": "较新的运行会取消正在发布的运行",
  "lint.cancels-release.why": "在两个仓库之间被取消的运行只会把版本留在其中一个：半次发布。",
  "lint.cancels-release.hint": "写 `cancel-in-progress: false`：发布的运行依次等待",

  "lint.timeout-missing": "作业 {job} 可能挂起六个小时",
  "lint.timeout-missing.why": "挂起的作业一直计费到 GitHub 终止它；有 `concurrency` 时后面的都要等待。",
  "lint.timeout-missing.hint": "加上 `timeout-minutes:`，取平常所需时间的几倍",

  "lint.cache-in-publish": "{what} 把缓存里的文件带进要发布的内容",
  "lint.cache-in-publish.why": "该分支上的任何运行、其中的任何 action，都可能在缓存里放了别的东西。",
  "lint.cache-in-publish.hint": "发布时不用缓存；或在有缓存的作业里构建一次，再按摘要发布经过检查的结果",

  "lint.download-unverified": "{url} 下载后没有校验",
  "lint.download-unverified.piped": "这里下载的内容直接交给 shell 运行",
  "lint.download-unverified.why": "谁能在那里或途中替换文件，谁就能带着作业的密钥在这里运行任何东西。",
  "lint.download-unverified.hint": '把校验和写进工作流：`echo "<sha256>  <file>" | sha256sum --check`',

  "lint.multi-rebuild": "这里为另一个仓库重新构建了第 {line} 行已经构建过的内容",
  "lint.multi-rebuild.matrix": "矩阵中的每个仓库各自构建一次",
  "lint.multi-rebuild.why": "两次构建有两个摘要，同一个标签在不同仓库就成了不同的镜像。",
  "lint.multi-rebuild.hint": "用所有仓库的标签只构建一次，或推送一次后按摘要复制：`slipway push`",

  "lint.single-platform-overwrites": "{tag} 在第 {line} 行已为其他平台推送，这里会把它替换掉",
  "lint.single-platform-overwrites.matrix": "矩阵中的每个平台都会在 {tag} 替换前一个",
  "lint.single-platform-overwrites.why": "标签指向一个镜像或一个索引：后一次推送就是全部，其他平台的机器什么也找不到。",
  "lint.single-platform-overwrites.hint": "在一个步骤里构建所有平台，或按摘要推送后合并成一个索引",

  "lint.latest-unguarded.branch": "推送的每个分支都会成为 `latest`",
  "lint.latest-unguarded.prerelease": "预发布版本会成为 `latest`",
  "lint.latest-unguarded.why": "不写版本的人得到的是 `latest`：它必须是最新的稳定版本。",
  "lint.latest-unguarded.hint":
    "交给 metadata-action 的 `flavor: latest=auto` 与 `type=semver`，用 `enable=` 限制，或让 `slipway release` 移动它",

  "lint.tags-contract": "标签与 slipway.yaml 的 `tags:` 不同；只在这里：{extra}；只在那里：{missing}",
  "lint.tags-contract.fixed": "{tag} 不是 slipway.yaml 中的标签",
  "lint.tags-contract.why": "镜像契约承诺的是 slipway.yaml 的标签；此外推送的标签没人保持一致。",
  "lint.tags-contract.hint": "两处写相同的规则，或让 `slipway push` 生成标签",

  "lint.pull-as-verification": "拉取只检查了一个仓库的一个平台，还消耗拉取限额",
  "lint.pull-as-verification.why": "版本是否正确，取决于各处的摘要是否相同；这不需要下载。",
  "lint.pull-as-verification.hint": "`slipway verify VERSION` 会比较所有仓库中的内容",

  "lint.sync-by-slipway": "`slipway sync` 用相同的文件就能完成 {program} 在这里所做的事",
  "lint.sync-by-slipway.why": "它只发送缺少的内容，各处摘要一致，并从环境取得凭据。",
  "lint.sync-by-slipway.hint": "用 `slipway sync --auth FILE --images FILE`，或用 `slipway import` 生成自己的配置",

  "lint.schedule-on-the-hour": "`{cron}` 正是大家的作业都开始的时刻",
  "lint.schedule-on-the-hour.why": "到期的作业很多时，GitHub 会推迟启动，还会丢掉一些。",
  "lint.schedule-on-the-hour.hint": "换一个分钟数，例如 17",

  "lint.slipway-drift": "此文件由 Slipway 生成，之后被修改过",
  "lint.slipway-drift.why": "下一次 `slipway workflows` 会根据 slipway.yaml 重写它；只有标记为保留的块会留下。",
  "lint.slipway-drift.hint": "`slipway workflows --check` 会显示差异；请把修改移到 slipway.yaml 或保留块中",

  "lint.suppression": "这里没有忽略任何内容：缺少理由",
  "lint.suppression.nothing": "这里没有忽略任何内容：没有写规则",
  "lint.suppression.unknown": "没有规则 {rule}",
  "lint.suppression.why": "以后读到它的人需要判断理由是否仍然成立。",
  "lint.suppression.hint":
    "在该行或单独在上一行写 `# slipway-lint: ignore=RULE 以及理由`；`slipway lint --rules` 列出规则",
} as const;

export const lintReportText = {
  "lint-report.error": "错误",
  "lint-report.warning": "警告",
  "lint-report.info": "提示",
  "lint-report.counts": "{files} 个文件中有 {errors} 个错误、{warnings} 个警告、{infos} 个提示",
  "lint-report.fine": "{files} 个文件中没有发现问题",
  "lint-report.more": "还有 {count} 个问题，没有作为注解显示：",
} as const;
