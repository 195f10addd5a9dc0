/**
 * `/console` and `/embed`: the files that the build made, as they are. They hold nothing of any account: whoever loads
 * them has to sign in before the API answers. Which is why they are open without a token.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Express, RequestHandler } from 'express';
import sirv from 'sirv';
import { notFound } from './problem.js';

/** Where the build puts them: beside the compiled server, or in `dist` when the sources run as they are. */
function builtFolder(name: string): string | undefined {
  const places = [`../../${name}`, `../../dist/${name}`];
  return places.map((place) => fileURLToPath(new URL(place, import.meta.url))).find((folder) => existsSync(folder));
}

/** In place of files that were not built. */
const notBuilt: RequestHandler = (_request, _response, next) => {
  next(notFound('The console was not built. Run npm run build in the folder of Gatehouse, and start it again.'));
};

/** The files of a folder as they are, also as the build compressed them. */
function filesOf(name: string): RequestHandler {
  const folder = builtFolder(name);
  return folder === undefined ? notBuilt : sirv(folder, { etag: true, gzip: true, brotli: true });
}

/**
 * Only our own files run, nothing inline, nothing from elsewhere, no frame around it. Scripts may be made only through the
 * one policy `gatehouse`, which knows the console's own workers.
 */
const consolePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types gatehouse',
].join('; ');

const year = 31_536_000;

/** Files whose names change with their content may be kept; pages are asked for each time. */
function cacheControl(pathname: string): string {
  return pathname.includes('/assets/') ? `public, max-age=${year}, immutable` : 'no-cache';
}

/** Serves the console, the example page and the elements for dashboards. */
export function registerConsole(app: Express): void {
  const pages = filesOf('console');
  const toPage: RequestHandler = (request, response, next) => {
    // A page of the console is an address of its own; one file answers for all of them.
    const isFile = /\.\w+$/.test(request.path) || request.path.startsWith('/assets/');
    const isExample = /^\/example\/?$/.test(request.path);
    if (!isFile) request.url = isExample ? '/example/index.html' : '/index.html';
    // Set here and not for each file that is sent: a browser takes the headers of a 304 for those of what it has kept.
    response.setHeader('Content-Security-Policy', consolePolicy);
    response.setHeader('Cache-Control', cacheControl(request.path));
    pages(request, response, (error?: unknown) => {
      // That a file is not there may be otherwise tomorrow.
      response.setHeader('Cache-Control', 'no-store');
      next(error);
    });
  };
  app.use('/console', onlyReading(toPage));
  const elements = filesOf('embed');
  const toElements: RequestHandler = (request, response, next) => {
    // Elements are loaded by the pages of others.
    response.setHeader('Cache-Control', 'no-cache');
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    elements(request, response, next);
  };
  app.use('/embed', onlyReading(toElements));
}

function onlyReading(handler: RequestHandler): RequestHandler {
  return (request, response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') handler(request, response, next);
    else next();
  };
}
