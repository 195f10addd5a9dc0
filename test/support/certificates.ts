/** Certificates of a test's own authority, made by the `openssl` program: node:crypto reads them, but makes none. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { newFolder } from './folders.js';

export type Identity = { readonly key: string; readonly cert: string };

export type TestAuthority = {
  /** The authority's certificate (PEM), to be trusted. */
  readonly ca: string;
  /** A key and certificate for these names. */
  readonly issue: (...names: readonly string[]) => Identity;
};

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Makes an authority; its keys are gone with this process. */
export function newAuthority(): TestAuthority {
  const folder = newFolder();
  const openssl = (...args: readonly string[]): void => {
    execFileSync('openssl', [...args], { cwd: folder.path, stdio: 'pipe' });
  };
  const read = (file: string): string => readFileSync(folder.file(file), 'utf8');
  openssl(
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '2',
    '-subj',
    '/CN=Test authority',
  );
  const authority = { ca: read('ca.pem'), key: read('ca.key') };
  folder.remove();
  return { ca: authority.ca, issue: (...names) => issue(authority, names) };
}

function issue(authority: { readonly ca: string; readonly key: string }, names: readonly string[]): Identity {
  const folder = newFolder();
  const openssl = (...args: readonly string[]): void => {
    execFileSync('openssl', [...args], { cwd: folder.path, stdio: 'pipe' });
  };
  const read = (file: string): string => readFileSync(folder.file(file), 'utf8');
  try {
    writeFileSync(folder.file('ca.pem'), authority.ca);
    writeFileSync(folder.file('ca.key'), authority.key);
    writeFileSync(folder.file('names'), `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`);
    openssl('req', ...newKey, '-keyout', 'key.pem', '-out', 'request.pem', '-subj', `/CN=test`);
    const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '1', '-extfile', 'names'];
    openssl('x509', '-req', '-in', 'request.pem', ...signing, '-out', 'cert.pem');
    return { key: read('key.pem'), cert: read('cert.pem') };
  } finally {
    folder.remove();
  }
}
