/** Says that the service is away, or that it is a newer one; above everything, and moving nothing. */
import { catchingUp, connection, updated } from '../api/connection.js';
import { Button } from '../ui/button.js';

export function Banner() {
  return (
    <div class="banners" role="status" aria-live="polite">
      {connection.value === 'lost' && (
        <p class="banner tone-wait">
          <span class="banner-pulse" aria-hidden="true" />
          Gatehouse cannot be reached just now. What you have typed is kept; this page goes on by itself once it
          answers.
        </p>
      )}
      {connection.value === 'online' && catchingUp.value && (
        <p class="banner tone-wait">
          <span class="banner-pulse" aria-hidden="true" />
          Gatehouse is catching up with its log. Lists may lack something until then; they are shown anew once it is
          done.
        </p>
      )}
      {connection.value === 'online' && updated.value && (
        <p class="banner tone-info">
          Gatehouse was updated. Reload when you have finished what you are at.
          <Button small onClick={() => location.reload()}>
            Reload
          </Button>
        </p>
      )}
    </div>
  );
}
