export const en = {
  title: 'Files',
  reading: 'Reading the files',
  none: 'No files yet.',
  add: 'Attach a file',
  drop: (megabytes: number) => `Or drop files here. Up to ${megabytes} MB each.`,
  sending: (name: string) => `Sending ${name}`,
  stop: 'Stop',
  facts: (size: string, who: string, when: string) => `${size}, ${who}, ${when}`,
  remove: (name: string) => `Remove ${name}`,
  added: (name: string) => `${name} is attached.`,
  removed: (name: string) => `${name} is removed.`,
  tooLarge: (name: string, megabytes: number) =>
    `${name} has more than ${megabytes} MB. Put it where it can be linked to, and add the link below.`,
  empty: (name: string) => `${name} is empty. Save it again, then attach it.`,
  content: 'When files change, signatures fall.',
};
type Messages = typeof en;

export const zh: Messages = {
  title: '文件',
  reading: '正在读取文件',
  none: '还没有文件。',
  add: '添加文件',
  drop: (megabytes) => `也可将文件拖到此处。每个不超过 ${megabytes} MB。`,
  sending: (name) => `正在发送 ${name}`,
  stop: '停止',
  facts: (size, who, when) => `${size}，${who}，${when}`,
  remove: (name) => `移除 ${name}`,
  added: (name) => `已添加 ${name}。`,
  removed: (name) => `已移除 ${name}。`,
  tooLarge: (name, megabytes) => `${name} 超过 ${megabytes} MB。请将其放到可链接的位置，并在下方添加链接。`,
  empty: (name) => `${name} 是空文件。请重新保存后再添加。`,
  content: '文件变更后，原有签字失效。',
};
