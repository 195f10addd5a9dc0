/** The service goes away and comes back while people are at work: it is said, nothing typed is lost, nothing done twice. */
import { command, inReview, informationRequested } from '../support/examples.js';
import { type Folder, newFolder } from '../support/folders.js';
import { run, serve, type Served } from '../support/program.js';
import { inChromium, type Person } from './support/browser.js';
import { byMouse, labelled } from './support/hands.js';
import { signIn } from './support/signIn.js';
import { takeTemplate } from './support/story.js';
import { sendAll } from './support/walk.js';

const settings = { GATEHOUSE_PROCESSES: 'none' };
const away = 'Gatehouse cannot be reached just now.';
const awayInTheGuide = 'No connection just now. We keep what you typed, and try again by ourselves.';

inChromium('a restart in the middle of work', ({ person }) => {
  let folder: Folder;
  let service: Served;
  let port: number;
  const tokens = new Map<string, string>();

  const token = (role: string): string => tokens.get(role) ?? '';
  /** The log itself: what was answered is in it, whatever has been made of it by then. */
  const logOf = async (type: string): Promise<string> => {
    const headers = { Authorization: `Bearer ${token('auditor')}` };
    return (await fetch(`${service.url}/v1/events?types=${type}`, { headers })).text();
  };
  const start = async (): Promise<void> => {
    service = await serve(folder.path, settings, port);
  };

  beforeAll(async () => {
    folder = newFolder();
    for (const role of ['reviewer', 'auditor', 'product', 'system']) {
      const made = await run([
        'token',
        'create',
        '--role',
        role,
        '--actor',
        `${role}-1`,
        '--data',
        folder.path,
        '--json',
      ]);
      tokens.set(role, String(made.json()['token']));
    }
    service = await serve(folder.path, settings);
    port = Number(new URL(service.url).port);
    await sendAll(service.url, token, 'acme', inReview);
    await sendAll(service.url, token, 'birch', informationRequested);
  });
  afterAll(async () => {
    await service.kill('SIGTERM');
    folder.remove();
  });

  /** A service that is not there cannot answer. */
  const tolerate = ({ watch }: Person): void => {
    watch.allow(/^failed /, /^503 /, /^console error: .*(?:ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY)/);
  };

  test('a reviewer with a half-typed decision', async () => {
    const someone = await person(service.url);
    const { page } = someone;
    const hands = byMouse(page);
    await signIn(page, token('reviewer'), '/console/reviews/acme');
    await hands.press('button', 'Ask for more');
    await takeTemplate(hands);
    await hands.write('Internal note', 'They sent');
    tolerate(someone);
    await service.kill('SIGTERM');
    await page.getByText(away).waitFor();
    // Work goes on meanwhile, also a press on the button.
    await hands.write('Internal note', ' nothing.');
    await hands.press('button', 'Ask for more');
    expect(await labelled(page, 'Internal note').inputValue()).toBe('They sent nothing.');
    await start();
    await page.getByText(away).waitFor({ state: 'hidden' });
    await page.getByText('Asked: the customer is told by mail.').waitFor();
    expect((await logOf('InformationRequested')).match(/They sent nothing\./g)).toHaveLength(1);
    // What happens elsewhere is told again, too.
    await sendAll(service.url, token, 'acme', [command('CancelInformationRequest')]);
    await page.getByText('This review changed while you read it').waitFor();
  });

  test('a service that dies once it has done what was asked, before it could say so', async () => {
    const someone = await person(service.url);
    const { page } = someone;
    const hands = byMouse(page);
    await signIn(page, token('reviewer'), '/console/reviews/acme');
    await hands.press('button', 'Reject');
    await hands.write('Message to the customer', 'We could not see how people sign up.');
    tolerate(someone);
    await page.route(
      '**/commands/reject-verification',
      async (route) => {
        const answer = await route.fetch();
        expect(answer.status()).toBe(200);
        await service.kill('SIGKILL');
        await route.abort('connectionreset');
      },
      { times: 1 },
    );
    await hands.press('button', 'Reject');
    await page.getByText(away).waitFor();
    await start();
    await page.getByText('Rejected: the customer is told by mail.').waitFor();
    expect((await logOf('VerificationRejected')).match(/"type":"VerificationRejected"/g)).toHaveLength(1);
  });

  test('a customer with a half-typed answer', async () => {
    const someone = await person(service.url);
    const { page } = someone;
    const hands = byMouse(page);
    await page.goto('/console/example');
    await hands.write('Product token', token('product'));
    await hands.press('button', 'Connect');
    await hands.write('Account id', 'birch');
    await hands.press('button', 'Open account');
    await hands.write('Your answer', 'Receipts for');
    tolerate(someone);
    await service.kill('SIGTERM');
    await page.getByText(awayInTheGuide).first().waitFor();
    await hands.write('Your answer', ' our customers.');
    await hands.press('button', 'Send the answers');
    await start();
    await page.getByRole('heading', { name: 'We are looking at your request' }).waitFor();
    await page.getByText(awayInTheGuide).first().waitFor({ state: 'hidden' });
    expect((await logOf('InformationSubmitted')).match(/Receipts for our customers\./g)).toHaveLength(1);
  });
});
