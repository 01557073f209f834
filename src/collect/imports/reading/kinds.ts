import type { Said } from '../../../platform/language.ts';
import { refuse, type FileProblem } from './limits.ts';

export type FileKind = 'delimited' | 'json_lines' | 'parquet';

type Signature = { starts: (string | number)[]; problem: FileProblem; what: Said; next: Said };

const asCsv = { en: 'Save the sheet as CSV and import that file.', zh: '请将工作表另存为 CSV 后导入。' };
const unpack = { en: 'Unpack it and import the files one by one.', zh: '请解压后逐个导入其中的文件。' };
const unpackOrGzip = { en: 'Unpack it, or pack it with gzip.', zh: '请解压，或改用 gzip 压缩。' };
const toParquet = { en: 'Convert it to Parquet or CSV.', zh: '请转换为 Parquet 或 CSV。' };
const textOnly = {
  en: 'Landfall imports CSV, TSV, JSON Lines and Parquet, also packed with gzip.',
  zh: 'Landfall 可导入 CSV、TSV、JSON Lines 和 Parquet，也可用 gzip 压缩。',
};

const signatures: Signature[] = [
  { starts: ['PK', 3, 4], problem: 'archive', what: { en: 'a ZIP archive', zh: ' ZIP 压缩包' }, next: unpack },
  { starts: ['PK', 5, 6], problem: 'archive', what: { en: 'an empty ZIP archive', zh: '空的 ZIP 压缩包' }, next: unpack },
  {
    starts: [0xd0, 0xcf, 0x11, 0xe0],
    problem: 'spreadsheet',
    what: { en: 'an old Excel workbook (.xls)', zh: '旧版 Excel 工作簿（.xls）' },
    next: asCsv,
  },
  { starts: ['%PDF'], problem: 'document', what: { en: 'a PDF document', zh: ' PDF 文档' }, next: textOnly },
  { starts: ['{\\rtf'], problem: 'document', what: { en: 'an RTF document', zh: ' RTF 文档' }, next: textOnly },
  {
    starts: ['SQLite format 3'],
    problem: 'database',
    what: { en: 'an SQLite database', zh: ' SQLite 数据库' },
    next: { en: 'Export its tables as CSV.', zh: '请将其中的表导出为 CSV。' },
  },
  { starts: ['BZh'], problem: 'other_packing', what: { en: 'packed with bzip2', zh: '用 bzip2 压缩的' }, next: unpackOrGzip },
  {
    starts: [0x28, 0xb5, 0x2f, 0xfd],
    problem: 'other_packing',
    what: { en: 'packed with zstd', zh: '用 zstd 压缩的' },
    next: unpackOrGzip,
  },
  { starts: [0xfd, '7zXZ'], problem: 'other_packing', what: { en: 'packed with xz', zh: '用 xz 压缩的' }, next: unpackOrGzip },
  { starts: ['7z', 0xbc, 0xaf], problem: 'archive', what: { en: 'a 7-Zip archive', zh: ' 7-Zip 压缩包' }, next: unpack },
  { starts: ['Rar!'], problem: 'archive', what: { en: 'a RAR archive', zh: ' RAR 压缩包' }, next: unpack },
  { starts: [0x89, 'PNG'], problem: 'image', what: { en: 'a PNG picture', zh: ' PNG 图片' }, next: textOnly },
  { starts: [0xff, 0xd8, 0xff], problem: 'image', what: { en: 'a JPEG picture', zh: ' JPEG 图片' }, next: textOnly },
  { starts: ['GIF8'], problem: 'image', what: { en: 'a GIF picture', zh: ' GIF 图片' }, next: textOnly },
  { starts: ['ORC'], problem: 'binary', what: { en: 'an ORC file', zh: ' ORC 文件' }, next: toParquet },
  { starts: ['Obj', 1], problem: 'binary', what: { en: 'an Avro file', zh: ' Avro 文件' }, next: toParquet },
];

export function isGzip(head: Buffer): boolean {
  return head.length > 2 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

/** Looks at the first bytes, never at the name. Refuses what cannot be read with the way forward. */
export function detectKind(head: Buffer): FileKind {
  if (head.length === 0)
    throw refuse('empty_file', {
      en: 'The file is empty. Export it again and import the new file.',
      zh: '文件为空。请重新导出并导入新文件。',
    });
  if (startsWith(head, ['PAR1'])) return 'parquet';
  for (const signature of signatures) {
    if (startsWith(head, signature.starts)) throw refuseSignature(head, signature);
  }
  const text = firstText(head);
  if (/^<(!doctype html|html|head|body)/i.test(text)) {
    throw refuse('web_page', {
      en: 'The file is a web page, probably a sign-in or error page that was saved instead of the export. Sign in there and export again.',
      zh: '文件是一个网页，可能是误存的登录页或错误页，而不是导出内容。请登录该系统后重新导出。',
    });
  }
  if (text.startsWith('<?xml'))
    throw refuse('document', { en: `The file is an XML document. ${textOnly.en}`, zh: `文件是 XML 文档。${textOnly.zh}` });
  return text.startsWith('{') || text.startsWith('[') ? jsonKind(text) : 'delimited';
}

function refuseSignature(head: Buffer, signature: Signature) {
  const sheet = signature.problem === 'archive' && /xl\/|\[Content_Types\]\.xml|opendocument\.spreadsheet/.test(head.toString('latin1'));
  if (sheet)
    return refuse('spreadsheet', {
      en: `The file is an Excel or OpenDocument workbook. ${asCsv.en}`,
      zh: `文件是 Excel 或 OpenDocument 工作簿。${asCsv.zh}`,
    });
  return refuse(signature.problem, {
    en: `The file is ${signature.what.en}. ${signature.next.en}`,
    zh: `文件是${signature.what.zh}。${signature.next.zh}`,
  });
}

function jsonKind(text: string): FileKind {
  const line = text.split('\n', 1)[0]!.trim();
  if (line.startsWith('[')) {
    if (/^\[\s*([{["\d]|$)/.test(line)) throw jsonDocument();
    return 'delimited';
  }
  if (text.includes('\n') && !parsesAsObject(line)) {
    if (/^\{\s*$|^\{\s*"/.test(line)) throw jsonDocument();
    return 'delimited';
  }
  return /^\{\s*("|\})/.test(line) ? 'json_lines' : 'delimited';
}

function jsonDocument() {
  return refuse('json_document', {
    en: 'The file is one JSON document. Write one JSON object per line (JSON Lines), for example with: jq -c ".[]" file.json',
    zh: '文件是单个 JSON 文档。请每行写一个 JSON 对象（JSON Lines），例如用：jq -c ".[]" file.json',
  });
}

function parsesAsObject(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}

function firstText(head: Buffer): string {
  const wide = head[0] === 0xff && head[1] === 0xfe;
  const text = wide ? head.subarray(0, head.length & ~1).toString('utf16le') : head.toString('utf8');
  return text.replace(/^\uFEFF/, '').trimStart();
}

function startsWith(head: Buffer, parts: (string | number)[]): boolean {
  const wanted = Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part, 'latin1'))));
  return head.subarray(0, wanted.length).equals(wanted);
}
