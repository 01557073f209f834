export const importFields = ['name', 'due', 'status', 'completed', 'owner', 'ownerEmail', 'doneWhen', 'audience', 'url', 'needs'] as const;
export type ImportField = (typeof importFields)[number];

/** What the columns are called in exports of Asana, Jira, Trello and Monday, in our own, and in sheets. */
const names: Record<ImportField, string[]> = {
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

const plain = (text: string) => text.trim().toLowerCase().replaceAll(/\s+/g, ' ');

export type Header = { row: number; columns: { field: ImportField; column: number; header: string }[] };

const columnsOf = (cells: string[]): Header['columns'] =>
  importFields.flatMap((field) => {
    // The first name on the list wins: an export may have both "Due date" and "Date".
    for (const name of names[field]) {
      const column = cells.findIndex((cell) => plain(cell) === name);
      if (column >= 0) return [{ field, column, header: cells[column]!.trim() }];
    }
    return [];
  });

/** Where the names of the columns stand: some exports put the name of the board before them. */
export const findHeader = (rows: string[][]): Header | null => {
  for (const [row, cells] of rows.slice(0, 15).entries()) {
    const columns = columnsOf(cells);
    if (columns.some(({ field }) => field === 'name') && (columns.length > 1 || cells.filter((cell) => cell.trim()).length === 1))
      return { row, columns };
  }
  return null;
};
