/** A wrong setting is refused at start; the message names it and says what it takes. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../src/config.js';
import { chosenProcesses } from '../../src/main.js';
import { openEvidence, openNetwork } from '../../src/outside.js';
import { processNames } from '../../src/processes/index.js';
import { type Folder, newFolder } from '../support/folders.js';
import { newService } from '../support/service.js';

test.each([
  ['GATEHOUSE_PORT', 'http', 'must be a whole number from 0 to 65535'],
  ['GATEHOUSE_PORT', '70000', 'must be a whole number from 0 to 65535'],
  ['GATEHOUSE_CHECKPOINT_EVERY_MINUTES', '0', 'must be a whole number from 1 to 10080'],
  ['GATEHOUSE_EVIDENCE_MAX_MIB', '-1', 'must be a whole number from 1 to 1000'],
  ['GATEHOUSE_SMTP_URL', 'smtp:', 'must be smtp://<host>'],
  ['GATEHOUSE_SMTP_URL', 'http://mail.example', 'must be smtp://<host>'],
  ['GATEHOUSE_DNS_SERVERS', '9.9.9.9,127.0.0.1:99999', 'must be addresses such as 9.9.9.9'],
  ['GATEHOUSE_DNS_SERVERS', '[::1]:0', 'must be addresses such as 9.9.9.9'],
  ['GATEHOUSE_ALLOW_ADDRESSES', '10.0.0.0/8,10.0.0.0/40', 'must be address ranges such as 10.0.0.0/8'],
])('%s=%s is refused: %s', (name, value, what) => {
  expect(() => readConfig({ [name]: value })).toThrow(`${name}: ${what}`);
});

test.each([
  ['GATEHOUSE_SMTP_URL', 'smtps://user:secret@mail.example:465?requireTLS=true'],
  ['GATEHOUSE_DNS_SERVERS', '9.9.9.9, 127.0.0.1:5353,[::1]:53,2620:fe::fe'],
  ['GATEHOUSE_ALLOW_ADDRESSES', '10.0.0.0/8, fd00::/8'],
])('%s=%s is taken', (name, value) => {
  expect(() => openNetwork(readConfig({ [name]: value }))).not.toThrow();
});

test('given webhooks without an address for them, then what is missing is said', () => {
  const config = readConfig({ GATEHOUSE_PROCESSES: 'webhooks' });
  expect(() => chosenProcesses(config, { consumers: [], loops: [] })).toThrow('needs GATEHOUSE_WEBHOOK_URL');
});

test('every process can be named', async () => {
  const service = await newService('acme', {
    GATEHOUSE_PROCESSES: processNames.join(','),
    GATEHOUSE_WEBHOOK_URL: 'https://hooks.gatehouse.test',
    GATEHOUSE_WEBHOOK_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  });
  await service.stop();
});

test('the README names every process', () => {
  const named = /^The processes: (.*?)\. /ms.exec(readFileSync(join(__dirname, '../../README.md'), 'utf8'))?.[1] ?? '';
  expect(new Set([...named.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name))).toEqual(new Set(processNames));
});

describe('files and folders', () => {
  let folder: Folder;
  beforeEach(() => (folder = newFolder()));
  afterEach(() => folder.remove());

  test('given a file where the folder of evidence should be, then it is refused', async () => {
    writeFileSync(folder.file('file'), '');
    const config = readConfig({ GATEHOUSE_EVIDENCE: folder.file('file/evidence') });
    await expect(openEvidence(config)).rejects.toThrow('GATEHOUSE_EVIDENCE: must be a folder that can be written');
  });

  test('given a file that is no certificate, then it is refused', () => {
    mkdirSync(folder.path, { recursive: true });
    writeFileSync(folder.file('ca.pem'), 'no certificate');
    const config = readConfig({ GATEHOUSE_CA_FILE: folder.file('ca.pem') });
    expect(() => openNetwork(config)).toThrow('GATEHOUSE_CA_FILE: must be a file of certificates in PEM');
  });
});
