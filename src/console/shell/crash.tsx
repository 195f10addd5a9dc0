/** A page that failed: says so, and lets go on. */
import { Button, ButtonLink } from '../ui/button.js';
import { Notice } from '../ui/feedback.js';

export function Crash({ error, onAgain }: { readonly error: Error; readonly onAgain: () => void }) {
  const isOld = /dynamically imported module|module script|preload/i.test(error.message);
  return (
    <div class="page">
      <h1>This page could not be shown</h1>
      <Notice
        tone="stop"
        live="assertive"
        title={
          isOld
            ? 'A part of the console could not be loaded. Gatehouse may have been updated since: reload the page.'
            : 'Something in this page went wrong. What you have typed is kept.'
        }
        actions={
          <>
            <Button kind="primary" onClick={isOld ? () => location.reload() : onAgain}>
              {isOld ? 'Reload' : 'Show it again'}
            </Button>
            <ButtonLink href="/console/">Go to the first page</ButtonLink>
          </>
        }
      >
        <p class="small">{error.message}</p>
      </Notice>
    </div>
  );
}
