/** The files of a folder that the build made, as they are: found once, at the start, and read when they are asked for. */
import type { ReadStream } from 'node:fs';
import type { RequestHandler } from 'express';
import sirv from 'sirv';

/** What is said of a file beside its content, by its path in the folder. */
export type HeadersOf = (path: string) => Readonly<Record<string, string>>;

/** Serves the files of a folder, also as the build compressed them; what is not there goes on to the next handler. */
export function builtFiles(folder: string, headersOf: HeadersOf): RequestHandler {
  const files = sirv(folder, { etag: true, gzip: true, brotli: true });
  return (request, response, next) => {
    // A whole file is always a good answer to who asks for a part of it, and no part of these is worth asking for.
    delete request.headers.range;
    // For 304 as well: browsers put the headers of that answer in the place of those that they have kept.
    const headers = { ...headersOf(request.path), Vary: 'Accept-Encoding' };
    response.set(headers);
    response.once('pipe', (file: ReadStream) => {
      // One that has gone since the start, or cannot be opened just now, must not end the service; nor may those stay
      // open whose readers have left.
      file.once('error', next);
      response.once('close', () => file.destroy());
    });
    files(request, response, () => {
      for (const name of Object.keys(headers)) response.removeHeader(name);
      // That a file is not there may be otherwise tomorrow.
      response.set('Cache-Control', 'no-store');
      next();
    });
  };
}
