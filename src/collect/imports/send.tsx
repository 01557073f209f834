import type { FailureShape } from '../../web/kit/failure.ts';
import { workspaceHeaders } from '../../web/kit/workspace-choice.ts';
import type { ImportView } from './schema.ts';

export type Sending = { done: Promise<ImportView>; stop: () => void };

/** Sends a file as it is, and tells how much of it has gone; `fetch` cannot tell. */
export function sendFile(file: File, encoding: string | null, onShare: (share: number) => void): Sending {
  const request = new XMLHttpRequest();
  const asked = new URLSearchParams({ fileName: file.name, ...(encoding ? { encoding } : {}) });
  const done = new Promise<ImportView>((resolve, reject) => {
    request.open('POST', `/api/imports?${asked}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    for (const [name, value] of Object.entries(workspaceHeaders())) request.setRequestHeader(name, value);
    request.responseType = 'json';
    request.upload.addEventListener('progress', ({ loaded, total }) => onShare(total ? loaded / total : 0));
    const refuse = ({ code, message }: FailureShape) => reject(Object.assign(new Error(message), { code }));
    request.addEventListener('load', () => {
      const answer = request.response as (ImportView & { error?: FailureShape }) | null;
      if (request.status < 300 && answer) resolve(answer);
      else refuse(answer?.error ?? { code: 'unexpected', message: '' });
    });
    request.addEventListener('error', () => refuse({ code: 'unreachable', message: '' }));
    request.addEventListener('abort', () => refuse({ code: 'cancelled', message: '' }));
    request.send(file);
  });
  return { done, stop: () => request.abort() };
}
