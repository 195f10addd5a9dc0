/**
 * The elements in a dashboard of another origin, whose Content-Security-Policy allows nothing but their file and their
 * service, as its makers use them: by attributes or properties, early or late, with accounts that change.
 */
import type { Page } from 'playwright-core';
import { png } from '../../support/evidence.js';
import { command, inReview, reasons, rejected, setUp } from '../../support/examples.js';
import { newService, type TestService } from '../../support/service.js';
import { startWebServer, type WebServer } from '../../support/webServer.js';
import { inChromium, type Person } from '../support/browser.js';

/** Whatever a test's page makes of an element. */
type Element = HTMLElement & Record<string, unknown>;

const question = command('RequestInformation', {
  items: [{ requirement: 'sample_message', reasonCode: 'incomplete_information', message: 'Please show us one.' }],
});

/** What pages set for everything in them, and what old ones set for what they do not know. */
const hostileStyles = `
  html { font-size: 62.5%; color-scheme: dark; }
  * { all: unset; color: #fff; -webkit-text-fill-color: #fff; font-size: 9px; line-height: 0.5; text-shadow: 0 0 9px red;
    text-align-last: right; word-break: break-all; writing-mode: vertical-rl; hyphens: auto; }
  button, input, textarea { display: none; }
  p, h2, label { color: #fff; }
`;

inChromium('the elements in a dashboard of another origin', ({ person }) => {
  let dashboard: WebServer;
  let service: TestService;
  let origin: string;
  let someone: Person;
  let page: Page;

  beforeAll(async () => {
    dashboard = await startWebServer((asked, response) => {
      if (asked.url === '/hostile.css') {
        response.setHeader('Content-Type', 'text/css');
        response.end(hostileStyles);
        return;
      }
      const [script, rest] = [`'self' ${service.url}`, "default-src 'none'; style-src 'self'"];
      const trusted = "require-trusted-types-for 'script'; trusted-types 'none'";
      response.setHeader(
        'Content-Security-Policy',
        `${rest}; script-src ${script}; connect-src ${service.url}; ${trusted}`,
      );
      response.setHeader('Content-Type', 'text/html');
      const [direction, late] = [asked.url === '/rtl' ? 'rtl' : 'ltr', asked.url === '/late'];
      const file = late ? '' : `<script type="module" src="${service.url}/embed/gatehouse.js"></script>`;
      const styles = asked.url === '/hostile' ? `<link rel="stylesheet" href="/hostile.css">` : '';
      response.end(`<!doctype html><html lang="en" dir="${direction}">${file}${styles}<body>`);
    });
    origin = `http://127.0.0.1:${dashboard.port}`;
    service = await newService('acme', { GATEHOUSE_EMBED_ORIGINS: origin });
    for (const id of ['acme', 'birch']) await service.walk(id, setUp);
    for (const id of ['asked', 'hostile']) await service.walk(id, [...inReview, question]);
    await service.walk('both', [...rejected, command('SuspendAccount')]);
  }, 60_000);
  afterAll(async () => {
    await service.stop();
    await dashboard.stop();
  });

  const tokenOf = async (account: string): Promise<string> =>
    String((await service.ask('product', 'POST', `/v1/accounts/${account}/tokens`, {})).body['token']);
  /** Puts an element into the page, with these properties. */
  const add = async (name: 'setup-guide' | 'gate-notice', properties: object, inner: readonly string[] = []) =>
    page.evaluate(
      ([tag, given, buttons]) => {
        const element = document.createElement(tag);
        Object.assign(element, given);
        for (const text of buttons) {
          const button = document.createElement('button');
          button.textContent = text;
          if (text.startsWith('Busy')) button.setAttribute('aria-disabled', 'true');
          element.append(button);
        }
        document.body.append(element);
      },
      [`gatehouse-${name}`, properties, inner] as const,
    );
  const set = async (properties: object): Promise<void> =>
    page.locator('gatehouse-setup-guide').evaluate((element, given) => void Object.assign(element, given), properties);
  const guide = async (account: string, more: object = {}): Promise<void> => {
    await add('setup-guide', { account, token: await tokenOf(account), ...more });
    await page.locator('.steps').waitFor();
  };
  /** The page makes a token for whatever the element's account is, or for the one that it had before. */
  const makeTokens = async (tokens: Readonly<Record<string, string>>, late = false): Promise<void> =>
    page.locator('gatehouse-setup-guide').evaluate(
      (element: Element, [given, isLate]) => {
        const before = String(element['account']);
        let asked = 0;
        element['getToken'] = async () => given[isLate && asked++ === 0 ? before : String(element['account'])];
      },
      [tokens, late] as const,
    );
  const open = async (path = '/'): Promise<void> => {
    someone = await person(origin);
    someone.watch.allow(new RegExp(`^elsewhere \\w+ ${service.url}/`));
    ({ page } = someone);
    await page.goto(path);
    if (path !== '/late') await page.waitForFunction(() => customElements.get('gatehouse-setup-guide') !== undefined);
  };

  test('what was set before the file is there counts, attributes as properties, too', async () => {
    await open('/late');
    await add('setup-guide', { account: 'acme', token: await tokenOf('acme'), headingLevel: 3, locale: 'de' });
    await page.evaluate(`import('${service.url}/embed/gatehouse.js').then(() => undefined)`);
    await page.getByRole('heading', { level: 3, name: 'Konto einrichten' }).waitFor();
    const attributes = page.locator('gatehouse-setup-guide[account=acme][heading-level="3"]');
    expect(await attributes.evaluate((element: Element) => element['headingLevel'])).toBe('3');
    // Those who hear the page hear German in German.
    await page.locator('.guide[lang=de][dir=ltr]').waitFor();
    await set({ locale: null, headingLevel: 2.5, texts: undefined, links: null, base: '' });
    await page.getByRole('heading', { level: 2, name: 'Set up your account' }).waitFor();
    await page.locator('.guide[lang=en]').waitFor();
  });

  test.each([false, true])('another account, while the last one’s token is there yet (made late: %s)', async (late) => {
    await open();
    someone.watch.allow(/^403 GET /);
    await guide('acme');
    await makeTokens({ acme: await tokenOf('acme'), asked: await tokenOf('asked') }, late);
    await set(late ? { account: 'asked', token: null } : { account: 'asked' });
    await page.getByRole('heading', { name: 'We have a question for you' }).waitFor();
  });

  test('what the page says of a control of its own stays said', async () => {
    await open();
    const about = { account: 'acme', token: await tokenOf('acme') };
    await add('gate-notice', { ...about, action: 'people.write' }, ['Import', 'Busy importing']);
    await page.locator('[part~=gate-allowed]').waitFor();
    const said = async (name: string): Promise<string | null> =>
      page.getByRole('button', { name, exact: true }).getAttribute('aria-disabled');
    expect([await said('Import'), await said('Busy importing')]).toEqual([null, 'true']);
    await page.locator('gatehouse-gate-notice').evaluate((element: Element) => (element['action'] = 'message.send'));
    await page.locator('[part~=gate-denied]').waitFor();
    expect([await said('Import'), await said('Busy importing')]).toEqual(['true', 'true']);
  });

  test('an upload is cancelled by key: at once, said, and the form goes on', async () => {
    await open();
    await guide('asked');
    await page.route('**/evidence', () => undefined);
    const file = page.getByLabel('Choose a file');
    await file.setInputFiles({ name: 'slow.png', mimeType: 'image/png', buffer: png('slow') });
    const send = page.getByRole('button', { name: 'Send the answers' });
    await page.getByRole('button', { name: /^Cancel ?: slow.png$/ }).focus();
    expect(await send.getAttribute('aria-disabled')).toBe('true');
    const gone = page.waitForEvent('requestfailed');
    await page.keyboard.press('Enter');
    expect((await gone).url()).toMatch(/\/evidence$/);
    await page.getByText('The upload of slow.png was cancelled.').waitFor({ state: 'attached' });
    expect(await send.getAttribute('aria-disabled')).toBeNull();
    expect(await file.evaluate((input) => (input.getRootNode() as ShadowRoot).activeElement === input)).toBe(true);
    await page.unroute('**/evidence');
    await file.setInputFiles({ name: 'quick.png', mimeType: 'image/png', buffer: png('quick') });
    await page.getByText('quick.png was uploaded.').first().waitFor();
    // What is sent beside the file can be seen.
    await page.getByLabel('Your answer (optional)').fill('It is the one for orders.');
    await send.click();
    await page.getByRole('heading', { name: 'We are looking at your request' }).waitFor();
    const { body } = await service.ask('reviewer', 'GET', '/v1/accounts/asked/timeline?limit=200');
    expect(JSON.stringify(body)).toContain('It is the one for orders.');
    expect(JSON.stringify(body)).not.toContain('slow.png');
  });

  test('a reason that two decisions have is said once', async () => {
    await open();
    await guide('both');
    expect(await page.locator('[part=reasons] li').allTextContents()).toEqual([reasons[0]?.customerMessage]);
  });

  test('on a page from right to left, records are written as they are, and our sentences from the left', async () => {
    await open('/rtl');
    await service.walk('birch', [
      command('AddDomain', { domain: 'mail.birch.example' }),
      command('ConfigureChannel', { channelId: 'email-2', kind: 'email', domain: 'mail.birch.example' }),
    ]);
    await guide('birch');
    const directionOf = async (selector: string): Promise<string> =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => getComputedStyle(element).direction);
    expect(await directionOf('.guide')).toBe('ltr');
    await set({ texts: { 'guide.title': 'إعداد حسابك' }, locale: 'ar' });
    await page.locator('.guide[lang=ar]').waitFor();
    expect([await directionOf('.guide'), await directionOf('.records code')]).toEqual(['rtl', 'ltr']);
  });

  test('whatever a page sets for everything in it, and however small its rem is, the guide can be read', async () => {
    const looks = async (): Promise<unknown> =>
      page.locator('.steps').evaluate((steps) => {
        const whole = steps.closest('.guide') ?? steps;
        const all = [...whole.querySelectorAll('p, h2, h3, li, label, button, textarea, code')];
        return all.map((element) => {
          const { color, webkitTextFillColor, fontSize, lineHeight, textShadow, textAlignLast } =
            getComputedStyle(element);
          const { wordBreak, writingMode, hyphens, colorScheme, paddingTop, minHeight, display } =
            getComputedStyle(element);
          const filled = webkitTextFillColor === color ? 'as its colour' : webkitTextFillColor;
          const text = {
            color,
            filled,
            fontSize,
            lineHeight,
            textShadow,
            textAlignLast,
            wordBreak,
            writingMode,
            hyphens,
          };
          return { ...text, colorScheme, paddingTop, minHeight, display };
        });
      });
    await open();
    await guide('hostile');
    const asMade = await looks();
    expect((asMade as unknown[]).length).toBeGreaterThan(20);
    await open('/hostile');
    await guide('hostile');
    expect(await looks()).toEqual(asMade);
    await page
      .locator('gatehouse-setup-guide')
      .evaluate((element: Element) => element.style.setProperty('--gatehouse-font-size', '20px'));
    expect(await page.locator('.steps').evaluate((steps) => getComputedStyle(steps).fontSize)).toBe('18.75px');
  });

  test('an answer that is pasted too long is kept whole, said to be too long, and not sent without its end', async () => {
    await open();
    someone.watch.allow(/^422 POST .*submit-information/);
    await guide('hostile');
    await page.getByRole('radio', { name: 'In words' }).check();
    const answer = page.getByLabel('Your answer', { exact: true });
    await answer.fill(`${'word '.repeat(820)}the end.`);
    await page.getByText('Please use fewer words here: at most 4000 characters.').waitFor();
    await page.getByRole('button', { name: 'Send the answers' }).click();
    await page.locator('[part=problem]').waitFor();
    expect((await answer.inputValue()).slice(-8)).toBe('the end.');
    await answer.fill('It is the one for orders.');
    await page.getByRole('button', { name: 'Send the answers' }).click();
    await page.getByRole('heading', { name: 'We are looking at your request' }).waitFor();
  });
});
