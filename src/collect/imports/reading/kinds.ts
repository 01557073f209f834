import { refuse, type FileProblem } from './limits.ts';

export type FileKind = 'delimited' | 'json_lines' | 'parquet';

type Signature = { starts: (string | number)[]; problem: FileProblem; what: string; next: string };

const asCsv = 'Save the sheet as CSV and import that file.';
const unpack = 'Unpack it and import the files one by one.';
const textOnly = 'Landfall imports CSV, TSV, JSON Lines and Parquet, also packed with gzip.';

const signatures: Signature[] = [
  { starts: ['PK', 3, 4], problem: 'archive', what: 'a ZIP archive', next: unpack },
  { starts: ['PK', 5, 6], problem: 'archive', what: 'an empty ZIP archive', next: unpack },
  { starts: [0xd0, 0xcf, 0x11, 0xe0], problem: 'spreadsheet', what: 'an old Excel workbook (.xls)', next: asCsv },
  { starts: ['%PDF'], problem: 'document', what: 'a PDF document', next: textOnly },
  { starts: ['{\\rtf'], problem: 'document', what: 'an RTF document', next: textOnly },
  { starts: ['SQLite format 3'], problem: 'database', what: 'an SQLite database', next: 'Export its tables as CSV.' },
  { starts: ['BZh'], problem: 'other_packing', what: 'packed with bzip2', next: 'Unpack it, or pack it with gzip.' },
  { starts: [0x28, 0xb5, 0x2f, 0xfd], problem: 'other_packing', what: 'packed with zstd', next: 'Unpack it, or pack it with gzip.' },
  { starts: [0xfd, '7zXZ'], problem: 'other_packing', what: 'packed with xz', next: 'Unpack it, or pack it with gzip.' },
  { starts: ['7z', 0xbc, 0xaf], problem: 'archive', what: 'a 7-Zip archive', next: unpack },
  { starts: ['Rar!'], problem: 'archive', what: 'a RAR archive', next: unpack },
  { starts: [0x89, 'PNG'], problem: 'image', what: 'a PNG picture', next: textOnly },
  { starts: [0xff, 0xd8, 0xff], problem: 'image', what: 'a JPEG picture', next: textOnly },
  { starts: ['GIF8'], problem: 'image', what: 'a GIF picture', next: textOnly },
  { starts: ['ORC'], problem: 'binary', what: 'an ORC file', next: 'Convert it to Parquet or CSV.' },
  { starts: ['Obj', 1], problem: 'binary', what: 'an Avro file', next: 'Convert it to Parquet or CSV.' },
];

export function isGzip(head: Buffer): boolean {
  return head.length > 2 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

/** Looks at the first bytes, never at the name. Refuses what cannot be read with the way forward. */
export function detectKind(head: Buffer): FileKind {
  if (head.length === 0) throw refuse('empty_file', 'The file is empty. Export it again and import the new file.');
  if (startsWith(head, ['PAR1'])) return 'parquet';
  for (const signature of signatures) {
    if (startsWith(head, signature.starts)) throw refuseSignature(head, signature);
  }
  const text = firstText(head);
  if (/^<(!doctype html|html|head|body)/i.test(text)) {
    throw refuse(
      'web_page',
      'The file is a web page, probably a sign-in or error page that was saved instead of the export. Sign in there and export again.',
    );
  }
  if (text.startsWith('<?xml')) throw refuse('document', `The file is an XML document. ${textOnly}`);
  return text.startsWith('{') || text.startsWith('[') ? jsonKind(text) : 'delimited';
}

function refuseSignature(head: Buffer, signature: Signature) {
  const sheet = signature.problem === 'archive' && /xl\/|\[Content_Types\]\.xml|opendocument\.spreadsheet/.test(head.toString('latin1'));
  if (sheet) return refuse('spreadsheet', `The file is an Excel or OpenDocument workbook. ${asCsv}`);
  return refuse(signature.problem, `The file is ${signature.what}. ${signature.next}`);
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
  return refuse(
    'json_document',
    'The file is one JSON document. Write one JSON object per line (JSON Lines), for example with: jq -c ".[]" file.json',
  );
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
