import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEsdbAddress } from '../../../src/eventStore/esdbAddress.js';
import { StoreMisconfigured } from '../../../src/eventStore/eventStore.js';

describe('a connection string', () => {
  test('one node', () => {
    expect(readEsdbAddress('esdb://writer:secret@log.example')).toMatchObject({
      hosts: [{ address: 'log.example', port: 2113 }],
      discover: false,
      tls: true,
      credentials: { username: 'writer', password: 'secret' },
      options: { nodePreference: 'leader', defaultDeadline: 10_000, keepAliveInterval: 10_000 },
    });
  });

  test('a cluster by its nodes, with options in any case', () => {
    expect(
      readEsdbAddress('esdb://u:p@a.example:1,b.example:2,c.example:3/?NodePreference=Follower&defaultdeadline=3000'),
    ).toMatchObject({
      hosts: [
        { address: 'a.example', port: 1 },
        { address: 'b.example', port: 2 },
        { address: 'c.example', port: 3 },
      ],
      options: { nodePreference: 'follower', defaultDeadline: 3_000 },
    });
  });

  test('a cluster by discovery', () => {
    expect(readEsdbAddress('esdb+discover://u:p@cluster.example:2113')).toMatchObject({ discover: true });
  });

  test('a password with reserved characters is percent-encoded', () => {
    expect(readEsdbAddress('esdb://u:p%40ss%3Aw%2Frd@log.example').credentials).toEqual({
      username: 'u',
      password: 'p@ss:w/rd',
    });
  });

  test('certificates are read from their files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-'));
    writeFileSync(join(folder, 'ca.crt'), 'certificate');
    const { certificates } = readEsdbAddress(`esdb://u:p@log.example?tlsCAFile=${join(folder, 'ca.crt')}`);
    expect(certificates.ca?.toString()).toBe('certificate');
    rmSync(folder, { recursive: true });
  });

  test.each([
    ['postgres://u:p@log.example', /has the form esdb:/],
    ['esdb://log.example', /needs user:password@/],
    ['esdb://u@log.example', /user:password@/],
    ['esdb://u:%zz@log.example', /percent-encoded/],
    ['esdb://u:p@log.example:99999', /no host:port/],
    ['esdb://u:p@log.example?deadline=3', /no option deadline; options: tls, /],
    ['esdb://u:p@log.example?tls=maybe', /tls: /],
    ['esdb://u:p@log.example?defaultDeadline=soon', /defaultDeadline: /],
    ['esdb://u:p@log.example?nodePreference=king', /nodePreference: /],
    ['esdb://u:p@log.example?tlsVerifyCert=false', /tlsVerifyCert: has no effect.*tlsCAFile/],
    ['esdb://u:p@log.example?tlsCAFile=/nowhere/ca.crt', /tlsCAFile: .*cannot be read/],
    ['esdb+discover://u:p@a.example,b.example', /names one host/],
  ])('%s: an error that says what to change', (text, message) => {
    expect(() => readEsdbAddress(text)).toThrow(StoreMisconfigured);
    expect(() => readEsdbAddress(text)).toThrow(message);
  });

  test('the password is in no error and in nothing that is shown', () => {
    const secret = 'hunter2';
    const texts = [`esdb://u:${secret}@a.example?tls=x`, `esdb://u:${secret}@`, `esdb://u:${secret}@a:0`];
    for (const text of texts) {
      expect(() => readEsdbAddress(text)).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining(secret) }),
      );
    }
    expect(readEsdbAddress(`esdb://u:${secret}@a.example`).described).toBe('esdb://a.example:2113');
  });
});
