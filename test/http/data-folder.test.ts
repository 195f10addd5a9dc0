import { statSync } from 'node:fs';
import { newFolder } from '../support/folders.js';
import { newService } from '../support/service.js';

test('given a data folder that is not there, when the service starts, then it makes one that is its owner’s alone', async () => {
  const folder = newFolder();
  const service = await newService('acme', { GATEHOUSE_DATA: folder.file('data') });
  expect((statSync(folder.file('data')).mode & 0o777).toString(8)).toBe('700');
  await service.stop();
  folder.remove();
});
