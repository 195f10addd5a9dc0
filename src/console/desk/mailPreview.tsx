/** The mail that the customer would get, while it is being written. */
import { useEffect, useState } from 'preact/hooks';
import { api, bodyOf, problemOf } from '../api/client.js';
import { connection } from '../api/connection.js';
import type { Answer, Problem, ReviewPage } from '../api/types.js';
import { Notice, Skeleton } from '../ui/feedback.js';
import type { DeskCommand, Made } from './draft.js';
import { refusalWords } from './words.js';

type Preview = Answer<'/v1/reviews/{accountId}/mail-preview', 'post'>;

/** Asked once nobody has typed for so long, in milliseconds. */
const pause = 300;

type State = { readonly preview?: Preview; readonly problem?: Problem; readonly loading: boolean };

function usePreview({ accountId, revision }: ReviewPage, command: DeskCommand, { data, errors }: Made): State {
  const [state, setState] = useState<State>({ loading: true });
  const incomplete = Object.keys(errors).length > 0;
  // What only reviewers read changes no mail.
  const { internalNote: _internal, note: _note, ...told } = data;
  const asked = JSON.stringify(told);
  useEffect(() => {
    if (incomplete || connection.value === 'lost') return undefined;
    const asking = new AbortController();
    const timer = setTimeout(() => {
      setState(({ problem: _before, ...old }) => ({ ...old, loading: true }));
      const body = { command, data: JSON.parse(asked) as object } as never;
      bodyOf<Preview>(
        api.POST('/v1/reviews/{accountId}/mail-preview', {
          params: { path: { accountId } },
          body,
          signal: asking.signal,
        }),
      ).then(
        (preview) => setState({ preview, loading: false }),
        (error: unknown) => {
          // A mail to other data must not pass for the one to these.
          if (!asking.signal.aborted) setState({ problem: problemOf(error), loading: false });
        },
      );
    }, pause);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
    // Asked again once the service is there again, and when the account has changed: its contacts read the mail.
  }, [accountId, revision, command, asked, incomplete, connection.value]);
  return state;
}

type MailPreviewProps = { readonly review: ReviewPage; readonly command: DeskCommand; readonly made: Made };

export function MailPreview({ review, command, made }: MailPreviewProps) {
  const { preview, problem, loading } = usePreview(review, command, made);
  const [reader, setReader] = useState(0);
  const incomplete = Object.keys(made.errors).length > 0;
  const mail = preview?.mails[Math.min(reader, preview.mails.length - 1)];
  return (
    <section class="mail" aria-label="What the customer gets" aria-busy={(loading && !incomplete) || undefined}>
      <h3>What the customer gets</h3>
      {problem !== undefined ? (
        <Notice tone="wait" title="The mail cannot be shown just now">
          {problem.detail}
        </Notice>
      ) : preview === undefined ? (
        incomplete ? (
          <p class="muted">The mail appears here as soon as the form is filled in.</p>
        ) : (
          <Skeleton lines={4} label="Writing the mail" />
        )
      ) : preview.refused !== null ? (
        <Notice tone="stop" title="This would be refused, and nothing sent">
          {refusalWords(preview.refused)}
        </Notice>
      ) : mail === undefined ? (
        <p class="muted">Nobody is told of this by mail: the account names no address.</p>
      ) : (
        <>
          {incomplete && <p class="small muted">As it was before the last change: the form is not filled in.</p>}
          {preview.mails.length > 1 && (
            <div class="row" role="group" aria-label="Reader">
              {preview.mails.map(({ to }, index) => (
                <button
                  key={to.email}
                  type="button"
                  class="chip"
                  aria-pressed={preview.mails[index] === mail}
                  onClick={() => setReader(index)}
                >
                  {to.email}
                </button>
              ))}
            </div>
          )}
          <article class="mail-sheet" lang={mail.locale}>
            <p class="mail-to">
              To {mail.to.name === undefined ? '' : `${mail.to.name}, `}
              {mail.to.email}
            </p>
            <p class="mail-subject">{mail.subject}</p>
            <div class="mail-text">{mail.text}</div>
          </article>
        </>
      )}
    </section>
  );
}
