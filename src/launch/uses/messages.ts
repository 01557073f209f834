const times = (count: number, one: string, many: string) => (count === 1 ? `1 ${one}` : `${count} ${many}`);

export const en = {
  title: 'Use',
  reading: 'Reading how often it was used',
  used: (count: number, last: string) => `Used ${times(count, 'time', 'times')}, last ${last}`,
  unused: (since: string) => `Never used since ${since}, when counting began`,
  unknown: 'Nobody can tell how often this is used.',
  why: 'Attach a file, or give it a link that a short link of a program leads to as well; both are counted.',
  counts: (downloads: number, clicks: number) =>
    `${times(downloads, 'download', 'downloads')} by members other than whoever added the file; short links to the same address followed ${times(clicks, 'time', 'times')}, without bots`,
  by: (name: string, count: number, last: string) => `${name}: ${times(count, 'download', 'downloads')}, last ${last}`,
};
type Messages = typeof en;

export const zh: Messages = {
  title: '使用情况',
  reading: '正在读取使用情况',
  used: (count, last) => `已使用 ${count} 次，最近一次 ${last}`,
  unused: (since) => `自 ${since} 开始计数以来从未被使用`,
  unknown: '无从得知它被使用了多少次。',
  why: '添加文件，或填写一个项目短链接也指向的地址；两者都会计数。',
  counts: (downloads, clicks) => `由添加者以外的成员下载 ${downloads} 次；指向同一地址的短链接被点击 ${clicks} 次，不含机器人`,
  by: (name, count, last) => `${name}：下载 ${count} 次，最近一次 ${last}`,
};
