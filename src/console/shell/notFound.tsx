/** No such page, or one that this role does not work with. */
import { session } from '../api/session.js';
import { homeOf } from '../pages.js';
import { ButtonLink } from '../ui/button.js';
import { Empty } from '../ui/feedback.js';
import { Page } from '../ui/page.js';

export function NotFound() {
  const role = session.value?.role ?? 'reviewer';
  return (
    <Page title="Nothing here">
      <Empty title="There is no page at this address for you.">
        <p>It may be mistyped, or be one that needs another role than {role}.</p>
        <ButtonLink kind="primary" href={homeOf(role)}>
          Go to your first page
        </ButtonLink>
      </Empty>
    </Page>
  );
}
