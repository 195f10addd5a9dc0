/** What can be done about a review now, and why the rest cannot. */
import { useLocation } from 'preact-iso';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { newId } from '../api/newId.js';
import { problemOf } from '../api/client.js';
import { sendCommand, useCommandId } from '../api/commands.js';
import { session } from '../api/session.js';
import type { ReviewPage } from '../api/types.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { type Key, useKeys } from '../ui/keys.js';
import { useMedia } from '../ui/media.js';
import { Section } from '../ui/page.js';
import { toast } from '../ui/toast.js';
import { ActionForm } from './actionForm.js';
import { type Action, offeredOf } from './actions.js';
import type { DeskCommand } from './draft.js';
import { neighbour } from './queue.js';
import type { OpenReview } from './useReview.js';
import { goOnWith, listAddress, listBefore } from './useQueue.js';
import { commandWords, doneWords } from './words.js';

type PanelProps = { readonly review: ReviewPage; readonly open: OpenReview };

export function ActionsPanel({ review, open }: PanelProps) {
  const { accountId } = review;
  const [chosen, setChosen] = useState<DeskCommand | undefined>(undefined);
  const commandId = useCommandId();
  const now = useRef(chosen);
  now.current = chosen;
  const beside = useMedia('(min-width: 76rem)');
  const panel = useRef<HTMLDivElement>(null);
  const offered = offeredOf(review);
  const actions = offered.groups.flatMap((group) => group.actions);
  const close = (): void => {
    setChosen(undefined);
    // No button: a second Enter must not begin something else.
    requestAnimationFrame(() => panel.current?.focus({ preventScroll: true }));
  };
  const take = useTake(review, open);
  useKeys('This review', [
    ...actions.flatMap(({ command, key }): Key[] =>
      key === undefined ? [] : [{ key, does: commandWords(command), run: () => setChosen(command) }],
    ),
    ...(chosen === undefined
      ? []
      : [{ key: 'Escape', does: 'Back from the form; what was typed is kept', run: close }]),
    ...(open.news.length === 0 ? [] : [{ key: 'u', does: 'Show what changed', run: open.showNews }]),
    ...(take === undefined ? [] : [{ key: 'a', does: 'Take the review', run: () => void take() }]),
  ]);
  // The form's first field is where one goes on, at once: until then what is typed would be keys.
  useLayoutEffect(() => {
    if (chosen !== undefined)
      panel.current
        ?.querySelector('form')
        ?.querySelector<HTMLElement>('select, textarea, input, summary, button')
        ?.focus();
  }, [chosen]);

  const form = chosen !== undefined && (
    <ActionForm
      key={chosen}
      command={chosen}
      review={review}
      open={open}
      commandId={commandId}
      onDone={() => {
        toast(doneWords(chosen));
        open.unmark();
        // Meanwhile another form may have been opened; it stays.
        if (now.current === chosen) close();
      }}
      onCancel={close}
    />
  );
  return (
    <div
      ref={panel}
      class="desk-panel"
      tabIndex={-1}
      role="group"
      aria-label="Decide"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || chosen === undefined || !beside) return;
        event.preventDefault();
        close();
      }}
    >
      <Section title={chosen !== undefined && beside ? commandWords(chosen) : 'What you can do'} id="actions">
        {beside && form !== false ? (
          form
        ) : (
          <Offers offered={offered} onChoose={setChosen} take={take} accountId={accountId} />
        )}
      </Section>
      {!beside && form !== false && chosen !== undefined && (
        <Dialog side title={commandWords(chosen)} onClose={close}>
          {form}
        </Dialog>
      )}
    </div>
  );
}

/** Gives the review to whoever is signed in; undefined where that is so, or cannot be. */
function useTake(
  { accountId, allowedCommands, assignee }: ReviewPage,
  open: OpenReview,
): (() => Promise<void>) | undefined {
  const me = session.value?.actor;
  const busy = useRef(false);
  if (me === undefined || assignee === me || !allowedCommands.includes('AssignReview')) return undefined;
  return async () => {
    // A second press before the answer is no second taking.
    if (busy.current) return;
    busy.current = true;
    try {
      await open.hold(async () => {
        const commandId = newId();
        const answer = await sendCommand({ accountId, command: 'assign-review', data: { reviewer: me }, commandId });
        toast('The review is yours.');
        await open.refresh(answer);
      });
    } catch (error) {
      toast(problemOf(error).detail);
    } finally {
      busy.current = false;
    }
  };
}

type OffersProps = {
  readonly offered: ReturnType<typeof offeredOf>;
  readonly onChoose: (command: DeskCommand) => void;
  readonly take: (() => Promise<void>) | undefined;
  readonly accountId: string;
};

function Offers({ offered, onChoose, take, accountId }: OffersProps) {
  const { groups, blocked, refused } = offered;
  const none = groups.length === 0 && refused.length === 0 && blocked.length === 0;
  return (
    <>
      {none && <p class="muted">Your role reads reviews; reviewers decide them.</p>}
      {take !== undefined && (
        <div>
          <Button onClick={() => void take()}>
            Take this review <kbd aria-hidden="true">a</kbd>
          </Button>
        </div>
      )}
      {groups.map(({ title, actions }) => (
        <div key={title} class="stack offers" role="group" aria-label={title}>
          <h3 class="small muted">{title}</h3>
          <div class="row">
            {actions.map((action) => (
              <Offer key={action.command} action={action} onChoose={onChoose} />
            ))}
          </div>
        </div>
      ))}
      {blocked.length > 0 && (
        <ul class="blocked">
          {blocked.map(({ command, why }) => (
            <li key={command}>
              <strong>{commandWords(command)}</strong>: <span class="muted">{why}</span>
            </li>
          ))}
        </ul>
      )}
      {refused.length > 0 && (
        <details class="small">
          <summary>Why the others are not offered</summary>
          <dl class="refused">
            {refused.map(({ why, commands }) => (
              <div key={why}>
                <dt>{commands.map(commandWords).join(', ')}</dt>
                <dd class="muted">{why}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      <Neighbours accountId={accountId} />
    </>
  );
}

function Offer({ action, onChoose }: { readonly action: Action; readonly onChoose: OffersProps['onChoose'] }) {
  const { command, key, kind, does } = action;
  return (
    <Button kind={kind ?? 'plain'} title={does} onClick={() => onChoose(command)}>
      {commandWords(command)}
      {key !== undefined && <kbd aria-hidden="true">{key}</kbd>}
    </Button>
  );
}

/** The reviews before and after this one in the list that somebody came from. */
function Neighbours({ accountId }: { readonly accountId: string }) {
  const { route } = useLocation();
  const queue = listBefore();
  const [before, after] = [-1, 1].map((step) =>
    queue === undefined ? undefined : neighbour(queue, accountId, step as 1 | -1),
  );
  const to = (id: string | undefined): void => {
    if (id === undefined) return;
    goOnWith(id);
    route(addressOf(id));
  };
  useKeys('Between reviews', [
    { key: 'n', does: 'Next review of the list', run: () => to(after) },
    { key: 'b', does: 'Review before it', run: () => to(before) },
    { key: 'q', does: 'Back to the list', run: () => route(listAddress()) },
  ]);
  return (
    <nav class="row small" aria-label="Between reviews">
      <a href={listAddress()}>Back to the list</a>
      {before !== undefined && (
        <a href={addressOf(before)} onClick={() => goOnWith(before)}>
          Before: {before}
        </a>
      )}
      {after !== undefined && (
        <a href={addressOf(after)} onClick={() => goOnWith(after)}>
          Next: {after}
        </a>
      )}
    </nav>
  );
}

function addressOf(accountId: string): string {
  return `/console/reviews/${encodeURIComponent(accountId)}`;
}
