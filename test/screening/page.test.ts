/** What is read of pages: as written by people, and as written to do harm. */
import { readHtml, readPage } from '../../src/screening/page.js';
import { hasPostalAddress, hasWayOut, readsAs } from '../../src/screening/sampleWords.js';

const page = (html: string, contentType?: string) => readPage(Buffer.from(html), contentType);

describe('a page', () => {
  const acme = page(`<!doctype html><html><head><title>Acme &amp; Sons</title>
    <meta name="Description" content="Anvils since 1930"><style>p { color: red }</style></head>
    <body><h1>Anvils<br>made here</h1><p>One<p>Two <b>bold</b>ly</p><svg><title>Logo</title><text>drawn</text></svg>
    <noscript>Please allow scripts</noscript><script>var hidden = '<p>no</p>';</script>
    <form action="/news" class="sign-up"><form><label>Your address</label><input name="user_email" placeholder="you@">
    <button value="go">Join</button></form><p>after</p></body></html>`);

  test('says what a visitor reads, words apart, with its description', () => {
    expect(acme).toMatchObject({
      title: 'Acme & Sons',
      headings: 'Anvils made here',
      text: 'Anvils made here One Two boldly Your address Join after Anvils since 1930',
      hasScripts: true,
      asksPassword: false,
    });
  });

  test('has forms with their words; one within another is none', () => {
    expect(acme.forms).toEqual([
      { hasEmail: true, hasPassword: false, words: '/news sign-up your address you@ go join' },
    ]);
  });

  test.each([
    ['an address field', '<form><input type="EMAIL"></form>', { hasEmail: true, hasPassword: false }],
    ['a password field', '<form><input type=password></form>', { hasEmail: false, hasPassword: true }],
    ['a search field', '<form><input name="q"></form>', { hasEmail: false, hasPassword: false }],
  ])('tells %s', (_what, html, form) => {
    expect(page(html).forms).toMatchObject([form]);
    expect(page(html).asksPassword).toBe(form.hasPassword);
  });

  test('has no scripts where only data is in them', () => {
    expect(page('<script type="application/ld+json">{}</script>').hasScripts).toBe(false);
    expect(page('<script type="module">run()</script>').hasScripts).toBe(true);
  });

  test.each([
    ['as it came', Buffer.from('<p>Stra\u00dfe', 'latin1'), 'text/html; charset=ISO-8859-1'],
    ['as it says itself', Buffer.from('<meta charset="latin1"><p>Stra\u00dfe', 'latin1'), 'text/html'],
    ['by its mark', Buffer.from('\uFEFF<p>Stra\u00dfe', 'utf16le'), 'text/html; charset=utf-8'],
    ['UTF-8, unsaid', Buffer.from('<p>Stra\u00dfe'), ''],
    ['neither said nor UTF-8', Buffer.from('<p>Stra\u00dfe', 'latin1'), ''],
    ['a charset that there is not', Buffer.from('<p>Stra\u00dfe'), 'text/html; charset=nonsense'],
  ])('is read in its charset: %s', (_how, body, contentType) => {
    expect(readPage(body, contentType).text).toBe('Stra\u00dfe');
  });
});

test('a message: its words, without what is no text, and its links', () => {
  const html = '<head><title>T</title></head><p>Hello <a href="https://acme.com/u">leave <b>us</b></a></p><a>none</a>';
  expect(readHtml(html)).toEqual({ text: 'Hello leave us none', links: ['leave us https://acme.com/u'] });
});

/** As much as is ever fetched of a page, made of this. */
const filled = (part: (index: number) => string): string => {
  let text = '';
  for (let index = 0; text.length < 2_000_000; index++) text += part(index);
  return text;
};

/** How long something takes, in milliseconds. */
function time(task: () => unknown): number {
  const begun = performance.now();
  task();
  return performance.now() - begun;
}

describe('what was written to keep everybody else waiting is read in a moment', () => {
  test.each([
    ['paragraphs side by side', filled(() => '<p>')],
    ['elements within elements', filled(() => '<div>')],
    ['ends without a beginning', filled((index) => (index < 20_000 ? '<i>' : '</x>'))],
    ['forms within forms', filled(() => '<form><input name=email>')],
    ['attributes without end', `<a ${filled((index) => `a${index} `)}>`],
    [
      'formatting that browsers open again for every paragraph',
      `<p>${Array.from({ length: 14_000 }, (_, index) => `<b a=${index}>`).join('')}</p>${filled(() => '<p>x</p>')}`,
    ],
    ['headings within headings', filled(() => '<h1>x')],
    ['links', filled((index) => `<a href=${index}>x`)],
    ['beginnings of tags', filled(() => '<')],
    ['entities', filled(() => '&am')],
  ])('%s', (_what, html) => {
    const body = Buffer.from(html);
    expect(time(() => [readPage(body), readHtml(html)])).toBeLessThan(2_000);
  });

  test.each(['{{', '{%', '[', '<%', '*|', 'a', '1', 'A ', '1 A', 'Aa.', 'rue ', 'company_', '. '])(
    'a message of %j alone',
    (part) => {
      const source = part.repeat(1_000_000 / part.length);
      const text = source.slice(0, 50_000);
      const sample = { kind: 'read' as const, text, links: [], source };
      expect(time(() => [hasWayOut(sample), hasPostalAddress(sample), readsAs(sample)])).toBeLessThan(2_000);
    },
  );
});
