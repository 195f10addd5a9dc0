/** Over the page, when a session ended in the middle of work: what was typed stays below it. */
import { Dialog } from '../ui/dialog.js';
import { TokenForm } from './tokenForm.js';

export function SignInAgain() {
  return (
    <Dialog title="Your session has ended" onClose={() => undefined} firm>
      <p>Sign in again to go on where you were. What you have typed is kept.</p>
      <TokenForm />
    </Dialog>
  );
}
