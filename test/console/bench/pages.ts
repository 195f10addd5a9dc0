/** How soon a page of the console is usable, against one that only shows the raw JSON that it asked for. */
import type { Page } from 'playwright-core';

export type Usable = {
  /** From the request of the page until all of it is there, in milliseconds. */
  readonly usable: number;
  /** From the request of a page that asks for the same answers, and shows them as they are. */
  readonly raw: number;
};

/** The answers of the API that a page asks for: the raw page asks for the same ones. */
type Asked = { readonly paths: Set<string> };

const rawPage = '/raw-json';

/** Serves a page at the console's own address that shows answers as they are: there is nothing less to show. */
export async function serveRawPage(page: Page): Promise<void> {
  await page.route(`**${rawPage}*`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><title>Raw</title><link rel="icon" href="data:,"><body><script>
        const paths = JSON.parse(new URLSearchParams(location.search).get('paths'));
        Promise.all(paths.map((path) => fetch(path).then((answer) => answer.text()))).then((texts) => {
          for (const text of texts) document.body.append(Object.assign(document.createElement('pre'), { textContent: text }));
          requestAnimationFrame(() => setTimeout(() => (document.body.dataset.done = String(performance.now()))));
        });
      </script>`,
    }),
  );
}

/**
 * Opens a page and its raw counterpart in turn.
 * @param isUsable run in the page: whether everything that it is opened for is there
 */
export async function usable(page: Page, path: string, isUsable: () => boolean): Promise<Usable> {
  const asked: Asked = { paths: new Set() };
  const note = (url: string): void => {
    const { pathname, search } = new URL(url);
    if (pathname.startsWith('/v1/') && pathname !== '/v1/changes') asked.paths.add(pathname + search);
  };
  page.on('request', (request) => note(request.url()));
  await page.goto(path);
  await page.waitForFunction(isUsable, undefined, { polling: 'raf' });
  // Since the navigation began, by the page's own clock.
  const ours = await page.evaluate(
    () => new Promise<number>((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))),
  );
  page.removeAllListeners('request');
  await page.goto(`${rawPage}?paths=${encodeURIComponent(JSON.stringify([...asked.paths]))}`);
  const raw = await page.waitForFunction(() => Number(document.body.dataset['done'] ?? 0), undefined, {
    polling: 'raf',
  });
  return { usable: ours, raw: await raw.jsonValue() };
}
