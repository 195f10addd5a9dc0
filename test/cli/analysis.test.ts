/** `gatehouse backtest` and `gatehouse report`, as an analyst runs them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { Parser } from 'htmlparser2';
import { builtInPolicy, type PolicyDocument } from '../../src/policy/policy.js';
import { command, inReview, setUp } from '../support/examples.js';
import { newGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { run } from '../support/program.js';
import { stories, writeStories } from '../support/screenedLog.js';

let gatehouse: TestGatehouse;
let data: string;
beforeAll(async () => {
  gatehouse = await newGatehouse();
  data = gatehouse.folder.path;
  await writeStories(gatehouse, stories(11, 60), { ...builtInPolicy, version: 'then' });
  // Ids may begin like a formula.
  await gatehouse.walk([...inReview, command('ApproveVerification')], '-1.SUM.A1');
}, 60_000);
afterAll(async () => gatehouse.close());

function candidateFile(changes: Partial<PolicyDocument>): string {
  const file = gatehouse.folder.file('candidate.json');
  writeFileSync(file, JSON.stringify({ ...builtInPolicy, ...changes, version: 'candidate' }));
  return file;
}

const stricter: Partial<PolicyDocument> = {
  review: { ...builtInPolicy.review, secondPerson: true, secondPersonForAutomatic: true },
};

type Found = {
  differing: number;
  differences: { accountId: string; position: string }[];
  screening: { rules: { rule: string; after: number }[] };
};

describe('gatehouse backtest', () => {
  test('given a stricter candidate, when it is run twice, then both outputs are equal to the byte', async () => {
    const policy = candidateFile(stricter);
    for (const format of [['--json'], ['--format', 'csv'], ['--format', 'table', '--limit', '1000']]) {
      const [first, second] = await Promise.all([
        run(['backtest', '--data', data, '--policy', policy, ...format]),
        run(['backtest', '--data', data, '--policy', policy, ...format]),
      ]);
      expect([first.code, first.stdout.length > 1_000]).toEqual([0, true]);
      expect(second.stdout).toBe(first.stdout);
    }
  });

  test('the differences come in the order of the log, each with its rule', async () => {
    const found = (
      await run(['backtest', '--data', data, '--policy', candidateFile(stricter), '--json'])
    ).json() as Found;
    expect(found.differing).toBeGreaterThan(20);
    expect(found.differences).toHaveLength(found.differing);
    const positions = found.differences.map(({ position }) => position);
    expect(positions).toEqual([...positions].sort());
    expect(found.screening.rules).toContainEqual(expect.objectContaining({ rule: 'second_person' }));
  });

  test('given a limit, then fewer are listed and all are counted', async () => {
    const policy = candidateFile(stricter);
    const whole = (await run(['backtest', '--data', data, '--policy', policy, '--json'])).json() as Found;
    const some = (
      await run(['backtest', '--data', data, '--policy', policy, '--json', '--limit', '3'])
    ).json() as Found;
    expect(some).toEqual({ ...whole, differences: whole.differences.slice(0, 3) });
  });

  test('the CSV has a line for each request that differs, and no formula in it', async () => {
    const policy = candidateFile(stricter);
    const file = gatehouse.folder.file('differences.csv');
    const { stdout, code } = await run(['backtest', '--data', data, '--policy', policy, '--csv', file]);
    expect(code).toBe(0);
    expect(stdout).toContain(file);
    const text = readFileSync(file, 'utf8');
    expect((await run(['backtest', '--data', data, '--policy', policy, '--format', 'csv'])).stdout).toBe(text);
    const rows = parse(text, { columns: true }) as Record<string, string>[];
    const found = (await run(['backtest', '--data', data, '--policy', policy, '--json'])).json() as Found;
    expect(rows.map((row) => row['accountId']?.replace(/^'/, ''))).toEqual(
      found.differences.map((one) => one.accountId),
    );
    expect(rows.at(-1)).toMatchObject({
      accountId: "'-1.SUM.A1",
      screeningBefore: 'skipped',
      approvalAfter: 'refused',
      approvalRuleAfter: 'second_person_required',
    });
    expect(text).not.toMatch(/(?:^|[,\n])"?[=+\-@]/);
  });

  test('given the policy of the log itself, then no request differs', async () => {
    const shown = gatehouse.folder.file('shown.json');
    writeFileSync(shown, (await run(['policy', 'show', '--data', data, '--json'])).stdout);
    const { stdout } = await run(['backtest', '--data', data, '--policy', shown]);
    expect(stdout).toContain('No request differs.');
    expect(stdout).toContain('then decided by');
  });

  test('given a candidate that could not be published, then it is refused with every problem', async () => {
    const policy = candidateFile({ request: { ask: ['audience', 'audience'], screenWithinMinutes: 0 } });
    const broken = await run(['backtest', '--data', data, '--policy', policy]);
    expect([broken.code, broken.stdout]).toEqual([2, '']);
    expect(broken.stderr).toContain('/request/screenWithinMinutes');
    const twice = await run([
      'backtest',
      '--data',
      data,
      '--policy',
      candidateFile({ request: { ask: ['audience', 'audience'], screenWithinMinutes: 5 } }),
    ]);
    expect([twice.code, twice.stdout]).toEqual([2, '']);
    expect(twice.stderr).toContain('/request/ask/1');
    // A file from an earlier run is not touched by one that does not begin.
    const kept = gatehouse.folder.file('kept.csv');
    writeFileSync(kept, 'earlier');
    const refused = await run(['backtest', '--data', data, '--policy', policy, '--csv', kept, '--format', 'csv']);
    expect([refused.code, refused.stdout, readFileSync(kept, 'utf8')]).toEqual([2, '', 'earlier']);
  });

  test.each([
    ['no candidate', []],
    ['a file that is not there', ['--policy', '/nowhere/candidate.json']],
    ['a time that ends before it begins', ['--since', '2026-02-01T00:00:00Z', '--until', '2026-01-01T00:00:00Z']],
    ['a format that there is not', ['--format', 'xml']],
    ['two formats', ['--json', '--format', 'csv']],
    ['a folder that is not there', ['--csv', '/nowhere/differences.csv']],
  ])('given %s, then it is wrong usage', async (_name, args) => {
    const policy = args.includes('--policy') || args.length === 0 ? [] : ['--policy', candidateFile({})];
    expect((await run(['backtest', '--data', data, ...policy, ...args])).code).toBe(2);
  });

  test('given no log, then it says so', async () => {
    const { code, stderr } = await run(['backtest', '--data', '/nowhere', '--policy', candidateFile({})]);
    expect(code).toBe(2);
    expect(stderr).toContain('There is no store at /nowhere');
  });
});

/** Every tag and attribute of a page. */
function tagsOf(html: string): { name: string; attributes: Record<string, string> }[] {
  const tags: { name: string; attributes: Record<string, string> }[] = [];
  const parser = new Parser({ onopentag: (name, attributes) => void tags.push({ name, attributes }) });
  parser.write(html);
  parser.end();
  return tags;
}

describe('gatehouse report', () => {
  const htmlOf = async (...args: string[]): Promise<string> => {
    const file = gatehouse.folder.file('report.html');
    expect((await run(['report', '--data', data, '--html', file, ...args])).code).toBe(0);
    return readFileSync(file, 'utf8');
  };

  test('as tables: every part has its own', async () => {
    const { stdout, code } = await run(['report', '--data', data]);
    expect(code).toBe(0);
    for (const words of [
      '61 signups',
      'The way to verified',
      'Time in each state',
      'What was asked for',
      'By reviewer',
      'Reasons given',
    ]) {
      expect(stdout).toContain(words);
    }
  });

  test('two runs are equal to the byte, as JSON and as HTML', async () => {
    const twice = [await run(['report', '--data', data, '--json']), await run(['report', '--data', data, '--json'])];
    expect(twice[1]?.stdout).toBe(twice[0]?.stdout);
    expect(await htmlOf()).toBe(await htmlOf());
  });

  test('the HTML names nothing from elsewhere, and needs neither script nor inline style', async () => {
    const html = await htmlOf();
    const tags = tagsOf(html);
    const names = new Set(tags.map(({ name }) => name));
    for (const active of ['script', 'link', 'iframe', 'object', 'embed', 'img', 'form', 'a', 'base', 'image', 'use']) {
      expect([active, names.has(active)]).toEqual([active, false]);
    }
    for (const { name, attributes } of tags) {
      const found = Object.keys(attributes).filter((attribute) =>
        /^(?:on|style$|src|href|xlink|action|data$)/.test(attribute),
      );
      expect([name, found]).toEqual([name, []]);
    }
    expect(html).not.toMatch(/https?:|url\(|@import|\/\//);
    const policy = tags.find(({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy');
    expect(policy?.attributes['content']).toMatch(
      /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'; base-uri 'none'; form-action 'none'$/,
    );
    // A chart for every part, each with a name for those who cannot see it.
    const charts = tags.filter(({ name, attributes }) => name === 'svg' && attributes['role'] === 'img');
    expect(charts.length).toBeGreaterThanOrEqual(9);
    for (const { attributes } of charts) {
      for (const id of (attributes['aria-labelledby'] ?? '').split(' '))
        expect(html.split(`id="${id}"`)).toHaveLength(2);
    }
  });

  test('for a time asked for, it says so, and has the figures of that time', async () => {
    const html = await htmlOf('--from', '2026-01-05T12:00:00Z', '--to', '2026-01-05T18:00:00Z');
    expect(html).toContain('2026-01-05 12:00 UTC to 2026-01-05 18:00 UTC');
    const whole = (await run(['report', '--data', data, '--json'])).json() as {
      funnel: { totals: { signups: number } };
    };
    const part = (
      await run(['report', '--data', data, '--json', '--from', '2026-01-05T12:00:00Z', '--to', '2026-01-05T18:00:00Z'])
    ).json() as { funnel: { totals: { signups: number } } };
    expect(part.funnel.totals.signups).toBeGreaterThan(5);
    expect(part.funnel.totals.signups).toBeLessThan(whole.funnel.totals.signups);
  });

  test('given an account that only signed up, then parts without anything say so', async () => {
    const small = await newGatehouse();
    await small.walk(setUp);
    const file = small.folder.file('report.html');
    expect((await run(['report', '--data', small.folder.path, '--html', file])).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('None in this time.');
    expect(readFileSync(file, 'utf8')).not.toMatch(/NaN|Infinity|undefined/);
    await small.close();
  });

  test('a folder that is not there is wrong usage, before the log is gone through', async () => {
    const { code, stderr } = await run(['report', '--data', data, '--html', '/nowhere/report.html']);
    expect([code, stderr]).toEqual([2, 'There is no folder /nowhere for --html. Make it first.\n']);
  });

  test('a time that ends before it begins is wrong usage', async () => {
    const { code } = await run([
      'report',
      '--data',
      data,
      '--from',
      '2026-02-01T00:00:00Z',
      '--to',
      '2026-01-01T00:00:00Z',
    ]);
    expect(code).toBe(2);
  });
});
