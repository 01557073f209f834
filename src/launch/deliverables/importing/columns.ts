export const importFields = ['name', 'due', 'status', 'completed', 'owner', 'ownerEmail', 'doneWhen', 'audience', 'url', 'needs'] as const;
export type ImportField = (typeof importFields)[number];

/** What the columns are called in exports of Asana, Jira, Trello and Monday, in our own, and in sheets. */
export const importColumns: Record<ImportField, string[]> = {
  name: ['name', 'task name', 'task', 'summary', 'card name', 'title', 'item', 'deliverable', '名称', '任务', '标题', '物料'],
  due: ['due date', 'due', 'deadline', 'date', 'end date', 'timeline - end', 'due on', '截止日期', '截止', '到期日'],
  status: ['status', 'section/column', 'section', 'list name', 'list', 'column', 'state', '状态'],
  completed: ['completed at', 'resolved', 'completed'],
  owner: ['assignee', 'owner', 'person', 'people', 'members', 'assigned to', '负责人', '经办人'],
  ownerEmail: ['assignee email', 'owner email', 'email'],
  doneWhen: ['done when', 'notes', 'description', 'card description', 'acceptance criteria', '完成标准', '说明', '描述'],
  audience: ['for', 'audience', '面向'],
  url: ['card url', 'url', 'link', 'issue link', '链接'],
  needs: ['blocked by (dependencies)', 'blocked by', 'needs', 'dependencies', '依赖'],
};
