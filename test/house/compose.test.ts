/** docker-compose.yml is read by the client that will read it, where there is one. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const clients = [['docker', 'compose'], ['docker-compose']] as const;
const client = clients.find(([program, ...words]) => spawnSync(program, [...words, 'version']).status === 0);
const compose = (...args: string[]) => {
  const [program = '', ...words] = client ?? [];
  const { status, stdout, stderr } = spawnSync(program, [...words, ...args], { cwd: root, encoding: 'utf8' });
  return { status, stdout, stderr };
};
// Where neither client is installed, there is nothing that could check the file.
const whereThereIsAClient = client === undefined ? test.skip : test;

whereThereIsAClient('docker compose config accepts the file', () => {
  expect(compose('config', '--quiet')).toMatchObject({ status: 0 });
});

whereThereIsAClient.each([
  [[], ['eventstore', 'gatehouse']],
  [
    ['--profile', 'cluster'],
    ['certificates', 'node1', 'node2', 'node3', 'gatehouse-cluster'],
  ],
])('with %j there are the services %j', (profile, services) => {
  const { stdout, status } = compose(...profile, 'config', '--services');
  expect(status).toBe(0);
  expect(stdout.trim().split('\n')).toEqual(expect.arrayContaining(services));
});

test('images are pinned, and what is copied into ours exists', () => {
  const file = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
  const images = [...file.matchAll(/image: (\S+)/g)].map(([, image]) => image);
  expect(images.length).toBeGreaterThan(2);
  for (const image of images) expect(image).toMatch(/:\d+\.\d+\.\d+/);
  const dockerfile = readFileSync(join(root, '.docker/Dockerfile'), 'utf8');
  const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
  const copied = [...dockerfile.matchAll(/^COPY ([a-z].*) \S+$/gm)].flatMap(([, names]) => (names ?? '').split(' '));
  expect(copied).toEqual(expect.arrayContaining(['package.json', 'src', 'machines', 'projections']));
  for (const name of copied) expect(ignored).toContain(`!${name}`);
});
