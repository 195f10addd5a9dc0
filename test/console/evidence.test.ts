/** Evidence looked at in place, as hostile or broken as a file may be; and what it does to the page around it. */
import { deflateSync } from 'node:zlib';
import type { ElementHandle, Page } from 'playwright-core';
import { inReview } from '../support/examples.js';
import { newService, type TestService } from '../support/service.js';
import { inChromium, type Person } from './support/browser.js';
import { signIn } from './support/signIn.js';

/** A PDF with what its pages draw; compressed, as what is drawn may be far larger than a file. */
function pdfOf(drawn: readonly string[]): Blob {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Count ${drawn.length}/Kids[${drawn.map((_, index) => `${4 + 2 * index} 0 R`).join(' ')}]>>`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    ...drawn.flatMap((operators, index) => {
      const content = deflateSync(operators).toString('latin1');
      const resources = '/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>';
      return [
        `<</Type/Page/Parent 2 0 R${resources}/Contents ${5 + 2 * index} 0 R>>`,
        `<</Filter/FlateDecode/Length ${content.length}>>stream\n${content}\nendstream`,
      ];
    }),
  ];
  let file = '%PDF-1.7\n';
  const places = objects.map((object, index) => {
    const place = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const end = `trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${file.length}\n%%EOF\n`;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}${end}`;
  return new Blob([new Uint8Array(Buffer.from(file, 'latin1'))]);
}

/** So many pages, each with its number in large letters. */
const numbered = (pages: number): Blob =>
  pdfOf(Array.from({ length: pages }, (_, index) => `BT /F1 60 Tf 72 700 Td (Page ${index + 1}) Tj ET`));
/** One page that draws nothing, and takes minutes for it: operators that a reader has to leave out one by one. */
const endless = (): Blob => pdfOf(['BX EX '.repeat(60_000_000)]);

inChromium('evidence at the desk', ({ person }) => {
  let service: TestService;
  let someone: Person;
  let page: Page;

  beforeAll(async () => {
    service = await newService();
    await service.walk('acme', inReview);
    const files = { 'long.pdf': numbered(60), 'short.pdf': numbered(7), 'endless.pdf': endless() };
    for (const [name, file] of Object.entries(files)) {
      const { status } = await service.upload('product', 'acme', file, name);
      expect(status).toBeLessThan(300);
    }
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    someone = await person(service.url);
    ({ page } = someone);
    await signIn(page, service.tokens.reviewer, '/console/reviews/acme');
  });

  const view = async (name: string): Promise<void> =>
    page.getByRole('button', { name: `View ${name}`, exact: true }).click();
  const close = async (name: string): Promise<void> =>
    page.getByRole('button', { name: `Close ${name}`, exact: true }).click();
  /** Waits until a page has been drawn. */
  const drawn = async (name: string, number: number): Promise<void> => {
    const canvas = page.getByRole('region', { name }).getByLabel(`Page ${number}`, { exact: true });
    await canvas.scrollIntoViewIfNeeded();
    await page.waitForFunction(
      (element) => {
        const { width, height } = element as HTMLCanvasElement;
        const pixels = (element as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data;
        return pixels?.some((value, index) => index % 4 === 0 && value < 64 && (pixels[index + 3] ?? 0) > 200);
      },
      await canvas.elementHandle(),
    );
  };
  const cannot = 'This PDF cannot be shown';

  test('a PDF that takes for ever holds up no other, and ends when it is closed', async () => {
    await view('endless.pdf');
    await page.getByRole('region', { name: 'endless.pdf' }).waitFor();
    await view('short.pdf');
    await drawn('short.pdf', 1);
    const [busy] = page.workers();
    const ended = busy?.waitForEvent('close');
    await close('endless.pdf');
    await view('long.pdf');
    await drawn('long.pdf', 1);
    await ended;
    expect(await page.getByText(cannot).count()).toBe(0);
  });

  test('what shows a PDF cannot be loaded: that is said, and the next time it is tried anew', async () => {
    someone.watch.allow(/^failed GET .*pdf\.worker/, /^console error/);
    await page.route('**/pdf.worker*', (route) => route.abort());
    await view('short.pdf');
    await page.getByText(cannot).waitFor();
    await page.unroute('**/pdf.worker*');
    await close('short.pdf');
    await view('short.pdf');
    await drawn('short.pdf', 1);
  });

  test('the part of the console that shows it is not there any more: the review stays', async () => {
    someone.watch.allow(/^404 GET .*pdfView/, /^console error/);
    await page.getByRole('button', { name: 'Reject', exact: true }).click();
    await page.getByLabel('Message to the customer').fill('We could not');
    await page.route('**/pdfView*', (route) => route.fulfill({ status: 404 }));
    await view('short.pdf');
    await page.getByText('This PDF cannot be shown before the page is loaded anew').waitFor();
    expect(await page.getByLabel('Message to the customer').inputValue()).toBe('We could not');
  });

  test('zoomed in, a page is drawn as sharp as the screen', async () => {
    await view('short.pdf');
    await drawn('short.pdf', 1);
    const canvas = page.getByLabel('Page 1', { exact: true });
    const sharpness = async (): Promise<number> =>
      canvas.evaluate((element) => (element as HTMLCanvasElement).width / element.clientWidth);
    expect(await sharpness()).toBeCloseTo(1, 1);
    const chromium = await someone.context.newCDPSession(page);
    const screen = { width: 640, height: 450, deviceScaleFactor: 2, mobile: false };
    await chromium.send('Emulation.setDeviceMetricsOverride', screen);
    await page.waitForFunction(
      (element) => (element as HTMLCanvasElement).width >= 1.9 * element.clientWidth,
      (await canvas.elementHandle()) as ElementHandle<HTMLElement>,
    );
    await drawn('short.pdf', 1);
  });

  test('an image of many pixels is shown whole, and in its full size for who wants to read it', async () => {
    const drawing = await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(2_400, 1_800);
      canvas.getContext('2d')?.fillRect(0, 0, 1_200, 900);
      return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
    });
    await service.upload('product', 'acme', new Blob([new Uint8Array(drawing)]), 'large.png');
    await page.getByRole('button', { name: 'Show what changed' }).click();
    await view('large.png');
    const frame = page.getByRole('region', { name: 'large.png' });
    const widths = async (): Promise<boolean> => frame.evaluate((one) => one.scrollWidth > one.clientWidth);
    const full = page.getByRole('button', { name: 'Full size' });
    await full.waitFor();
    expect(await widths()).toBe(false);
    await full.click();
    expect(await widths()).toBe(true);
    await full.click();
    expect(await widths()).toBe(false);
  });
});
