/**
 * Watches all that happens in a person's windows. A page of ours writes no error or warning to the console, breaks no
 * rule of its Content-Security-Policy, asks no other origin for anything, and every request of it succeeds; whatever
 * else happens fails the test that did not say that it would.
 */
import type { BrowserContext, Request, Response } from 'playwright-core';

declare global {
  interface Window {
    /** Tells the test of a violation; put there by `Watch`. */
    tellViolation?: (text: string) => Promise<void>;
  }
}

/** Requests that a page gave up itself: it was left, or the answer was not wanted any more. */
const givenUp = 'net::ERR_ABORTED';

export class Watch {
  readonly #found: string[] = [];
  #allowed: readonly RegExp[] = [];

  constructor(readonly origin: string) {}

  /** These are no problem from now on, as in `/^401 POST \/v1\/session/`. */
  allow(...patterns: readonly RegExp[]): void {
    this.#allowed = [...this.#allowed, ...patterns];
  }

  /** Nothing is allowed any more. */
  forbid(): void {
    this.#allowed = [];
  }

  /** What was found since it was taken last. */
  take(): readonly string[] {
    return this.#found.splice(0);
  }

  async follow(context: BrowserContext): Promise<void> {
    context.on('console', (message) => {
      const type = message.type();
      // Requests that fail are told of below, exactly.
      if ((type !== 'error' && type !== 'warning') || message.text().startsWith('Failed to load resource')) return;
      this.#note(`console ${type}: ${message.text()} (${message.location().url})`);
    });
    context.on('weberror', (error) => this.#note(`error: ${error.error().stack ?? error.error().message}`));
    context.on('dialog', (dialog) => {
      this.#note(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    context.on('request', (request) => this.#origin(request));
    context.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? 'failed';
      if (why !== givenUp) this.#note(`failed ${request.method()} ${this.#path(request)} ${why}`);
    });
    context.on('response', (response) => this.#status(response));
    await context.exposeFunction('tellViolation', (text: string) => this.#note(`policy: ${text}`));
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
        void window.tellViolation?.(`${violatedDirective} forbids ${blockedURI} (${sourceFile})`);
      });
    });
  }

  #note(problem: string): void {
    if (!this.#allowed.some((pattern) => pattern.test(problem))) this.#found.push(problem);
  }

  #path(request: Request): string {
    const url = request.url();
    return url.startsWith(this.origin) ? url.slice(this.origin.length) : url;
  }

  #origin(request: Request): void {
    const url = request.url();
    if (/^(?:data|about):/.test(url) || url.replace(/^blob:/, '').startsWith(`${this.origin}/`)) return;
    this.#note(`elsewhere ${request.method()} ${url}`);
  }

  #status(response: Response): void {
    const request = response.request();
    if (response.status() >= 400) this.#note(`${response.status()} ${request.method()} ${this.#path(request)}`);
  }
}
