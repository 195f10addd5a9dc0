/** The page for whoever is not signed in. */
import { useEffect } from 'preact/hooks';
import { Mark } from './mark.js';
import { TokenForm } from './tokenForm.js';

export function SignIn() {
  useEffect(() => {
    document.title = 'Sign in · Gatehouse';
  }, []);
  return (
    <main class="sign-in">
      <div class="sign-in-card">
        <p class="sign-in-brand">
          <Mark /> Gatehouse
        </p>
        <h1>Sign in</h1>
        <p class="muted">For reviewers, auditors, analysts and operators.</p>
        <TokenForm />
        <details class="sign-in-help">
          <summary>Where do I get a token?</summary>
          <p>
            Gatehouse prints the first ones when it starts for the first time. Later, an operator makes one on the
            machine that it runs on:
          </p>
          <pre>
            <code>gatehouse token create --role reviewer --actor your-id</code>
          </pre>
        </details>
      </div>
    </main>
  );
}
