import { callHeaders } from './call-headers.ts';
import type { FailureShape } from './failure.ts';

export type Sending<Answer> = { done: Promise<Answer>; stop: () => void };

/** Sends a file as the body of an operation that takes one, and tells how much of it has gone; `fetch` cannot tell. */
export function sendFile<Answer>(
  path: string,
  file: File,
  asked: Record<string, string>,
  onShare: (share: number) => void,
): Sending<Answer> {
  const request = new XMLHttpRequest();
  const done = new Promise<Answer>((resolve, reject) => {
    request.open('POST', `/api${path}?${new URLSearchParams({ fileName: file.name, ...asked })}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    for (const [name, value] of Object.entries(callHeaders())) request.setRequestHeader(name, value);
    request.responseType = 'json';
    request.upload.addEventListener('progress', ({ loaded, total }) => onShare(total ? loaded / total : 0));
    const refuse = ({ code, message }: FailureShape) => reject(Object.assign(new Error(message), { code }));
    request.addEventListener('load', () => {
      const answer = request.response as (Answer & { error?: FailureShape }) | null;
      if (request.status < 300 && answer) resolve(answer);
      else refuse(answer?.error ?? { code: 'unexpected', message: '' });
    });
    request.addEventListener('error', () => refuse({ code: 'unreachable', message: '' }));
    request.addEventListener('abort', () => refuse({ code: 'cancelled', message: '' }));
    request.send(file);
  });
  return { done, stop: () => request.abort() };
}
