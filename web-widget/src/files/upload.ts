import type { Answer } from '../panel/client/http';
import { noAnswer, parse, waitOf } from '../panel/shared';
import type { Json } from '../panel/wire/json';

/** A picture on a slow line takes its time; a line on which nothing moves for minutes is dead. */
const timeoutMs = 5 * 60_000;

/** One message with its files in one request. `fetch` does not tell how far it has come. */
export const upload = (
  url: string,
  token: string,
  activity: Json,
  files: readonly File[],
  progress: (share: number) => void,
): Promise<Answer> =>
  new Promise((resolve) => {
    const form = new FormData();
    form.append('activity', new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }));
    files.forEach((file) => form.append('file', file, file.name));
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('Authorization', `Bearer ${token}`);
    request.timeout = timeoutMs;
    request.upload.onprogress = ({ loaded, total }) => progress(loaded / total);
    request.onload = () => {
      const { status } = request;
      resolve({
        status,
        ok: status >= 200 && status < 300,
        body: parse(request.responseText),
        waitMs: waitOf(status, request.getResponseHeader('Retry-After')),
      });
    };
    // Cut off although there is a network: it counts as a server in trouble, as somebody on the way may refuse the size.
    request.onerror = request.ontimeout = () => resolve(navigator.onLine ? { ...noAnswer, status: 502 } : noAnswer);
    request.send(form);
  });
