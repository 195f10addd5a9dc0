/**
 * `/console` and `/embed`: the files that the build made, as they are. They hold nothing of any account: whoever loads
 * them has to sign in before the API answers. Which is why they are open without a token.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Express, RequestHandler } from 'express';
import { builtFiles, type HeadersOf } from './builtFiles.js';
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

function filesOf(name: string, headersOf: HeadersOf): RequestHandler {
  const folder = builtFolder(name);
  return folder === undefined ? notBuilt : builtFiles(folder, headersOf);
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

/** Whether a path is one of a file: those of the build, and what lies beside the page. Account ids may look like names of files. */
function isFile(path: string): boolean {
  return path.startsWith('/assets/') || /^\/(?:example\/)?[^/]+\.\w+$/.test(path);
}

/** Serves the console, the example page and the elements for dashboards. */
export function registerConsole(app: Express): void {
  const pages = filesOf('console', (path) => ({
    'Content-Security-Policy': consolePolicy,
    'Cache-Control': cacheControl(path),
  }));
  const toPage: RequestHandler = (request, response, next) => {
    // A page of the console is an address of its own; one file answers for all of them.
    const isExample = /^\/example\/?$/.test(request.path);
    if (!isFile(request.path)) request.url = isExample ? '/example/index.html' : '/index.html';
    pages(request, response, next);
  };
  app.use('/console', onlyReading(toPage));
  // Elements are loaded by the pages of others.
  const elements = filesOf('embed', () => ({
    'Cache-Control': 'no-cache',
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  }));
  app.use('/embed', onlyReading(elements));
}

function onlyReading(handler: RequestHandler): RequestHandler {
  return (request, response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') handler(request, response, next);
    else next();
  };
}
