/** Over the page, when a session ended in the middle of work: what was typed stays below it. */
import { session } from '../api/session.js';
import { Dialog } from '../ui/dialog.js';
import { TokenForm } from './tokenForm.js';

export function SignInAgain() {
  const who = session.value;
  return (
    <Dialog title="Your session has ended" onClose={() => undefined} firm>
      <p>
        Sign in again{who != null && ` as ${who.actor} (${who.role})`} to go on where you were; what you have typed is
        kept. Anybody else begins anew: what you have typed is forgotten then.
      </p>
      <TokenForm />
    </Dialog>
  );
}
