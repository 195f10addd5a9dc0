/** The console's session: what waits for a sign-in goes on for the same person, and for nobody else. */
import { Person, type Who } from '../../src/console/api/person.js';

const reviewer: Who = { role: 'reviewer', actor: 'reviewer-1' };

/** A page of a reviewer, and a server that says who is signed in. */
function page() {
  const server = { who: reviewer as Who | null, asked: 0 };
  const told: string[] = [];
  const person = new Person<Who>({
    ask: async () => {
      server.asked++;
      return server.who;
    },
    onHere: ({ actor }) => told.push(`here ${actor}`),
    onGone: () => told.push('gone'),
    onOther: () => told.push('other'),
  });
  person.take(reviewer);
  return { server, told, person };
}

const turns = async (): Promise<string> => new Promise((resolve) => setTimeout(resolve, 5, 'waits'));

test('given ten refusals, then the server and the person are asked once, and all go on when they are back', async () => {
  const { server, told, person } = page();
  server.who = null;
  const waiting = Array.from({ length: 10 }, async () => person.back());
  expect(await Promise.race([waiting[0], turns()])).toBe('waits');
  expect({ told, asked: server.asked }).toEqual({ told: ['here reviewer-1', 'gone'], asked: 1 });
  expect(person.take(reviewer)).toBe(true);
  await Promise.all(waiting);
  expect(told.at(-1)).toBe('here reviewer-1');
});

test.each<Who>([
  { role: 'reviewer', actor: 'reviewer-2' },
  { role: 'admin', actor: 'reviewer-1' },
])('given what waits, when $role $actor signs in, then nothing goes on', async (other) => {
  const { server, told, person } = page();
  server.who = null;
  const waiting = person.back();
  await turns();
  expect(person.take(other)).toBe(false);
  expect(told.at(-1)).toBe('other');
  expect(await Promise.race([waiting, turns()])).toBe('waits');
});

test('given another person who signed in elsewhere, when a request is refused, then it does not go on', async () => {
  const { server, told, person } = page();
  server.who = { role: 'admin', actor: 'admin-1' };
  expect(await Promise.race([person.back(), turns()])).toBe('waits');
  expect(told.at(-1)).toBe('other');
});

test('given a refusal of before that comes late, then it goes on and nobody is asked for a token', async () => {
  const { told, person } = page();
  await person.back();
  expect(told).not.toContain('gone');
});

test('given a server that cannot be reached, then that is said, and the next refusal asks again', async () => {
  const { server, person } = page();
  const away = new Person<Who>({ ...person.ways, ask: () => Promise.reject(new TypeError('away')) });
  await expect(away.back()).rejects.toThrow('away');
  await expect(away.back()).rejects.toThrow('away');
  await person.back();
  expect(server.asked).toBe(1);
});
