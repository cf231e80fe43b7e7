/** The fake's uploads: multipart bodies taken apart, and what is stored of them. */
import type { FakeActivity } from './fakeTypes';

export interface FakeFile {
  name: string;
  type: string;
  bytes: Buffer;
}

export interface FakeUpload {
  activity: FakeActivity;
  files: FakeFile[];
}

/** As the service does: a file's type is what its bytes say, and what they do not say is refused. */
const signatures: readonly [string, string][] = [
  ['\x89PNG', 'image/png'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['%PDF-', 'application/pdf'],
  ['MZ', ''],
  ['', 'text/plain'],
];

export function readUpload(contentType: string, body: Buffer): FakeUpload {
  const boundary = /boundary=(\S+)/.exec(contentType)?.[1] ?? '';
  const parts = body.toString('latin1').split(`--${boundary}`).slice(1, -1);
  const upload: FakeUpload = { activity: { type: 'message' }, files: [] };
  for (const part of parts) {
    const [head = '', ...rest] = part.slice(2).split('\r\n\r\n');
    const content = rest.join('\r\n\r\n').slice(0, -2);
    if (head.includes('application/vnd.microsoft.activity')) {
      upload.activity = JSON.parse(Buffer.from(content, 'latin1').toString('utf8')) as FakeActivity;
    } else {
      const name = Buffer.from(/filename="([^"]*)"/.exec(head)?.[1] ?? 'file', 'latin1').toString('utf8');
      const type = signatures.find(([start]) => content.startsWith(start))?.[1] ?? '';
      upload.files.push({ name, type, bytes: Buffer.from(content, 'latin1') });
    }
  }
  return upload;
}
