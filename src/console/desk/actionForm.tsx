/** The form of one command: filled in beside what it is about, sent once, kept when something stands against it. */
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { api, ApiProblem, bodyOf, problemOf } from '../api/client.js';
import { type CommandAnswer, sendCommand, slugOf } from '../api/commands.js';
import { useQuery } from '../api/query.js';
import type { Answer, Problem, ReviewPage } from '../api/types.js';
import { Button } from '../ui/button.js';
import { useDraft } from '../ui/draft.js';
import { Notice, ProblemNotice } from '../ui/feedback.js';
import { eventWords } from '../words/events.js';
import { actionOf } from './actions.js';
import {
  type AnswerDraft,
  dataOf,
  type DeskCommand,
  type Draft,
  emptyDraft,
  type Errors,
  formFields,
} from './draft.js';
import type { PartProps, Templates } from './fields.js';
import { FormField, openQuestions } from './formField.js';
import { MailPreview } from './mailPreview.js';
import { Proposal } from './proposal.js';
import type { OpenReview } from './useReview.js';
import { commandWords, refusalWords } from './words.js';

type ActionFormProps = {
  readonly command: DeskCommand;
  readonly review: ReviewPage;
  readonly open: OpenReview;
  /** The id of what is sent; it outlives the form, which may be left and opened again before the service has answered. */
  readonly commandId: (intent: object) => string;
  readonly onDone: (answer: CommandAnswer) => void;
  readonly onCancel: () => void;
};

/** What the service says against a field, by its pointer. */
function errorsOf({ errors = [] }: Problem): Errors {
  return Object.fromEntries(errors.map(({ pointer, detail }) => [pointer, detail]));
}

/** An answer for each open question, with what was typed of it. */
function answersOf({ answers }: Draft, review: ReviewPage): readonly AnswerDraft[] {
  const asked = [...new Set(openQuestions(review).map(({ requirement }) => requirement))];
  return asked.map(
    (requirement) =>
      answers.find((answer) => answer.requirement === requirement) ?? { requirement, text: '', cannot: false },
  );
}

/** What was typed, held to the review that is shown: its questions and requirements may be others than when it was begun. */
function draftFor(typed: Draft, review: ReviewPage): Draft {
  const isOpen = review.missing.some(({ requirement }) => requirement === typed.requirement);
  return { ...typed, answers: answersOf(typed, review), requirement: isOpen ? typed.requirement : '' };
}

/** What a form holds at first. */
function initialOf({ missing }: ReviewPage): Draft {
  return { ...emptyDraft, requirement: missing[0]?.requirement ?? '' };
}

/** Answers belong to the questions of one round. */
function draftKey(command: DeskCommand, { accountId, rounds }: ReviewPage): string {
  return command === 'RecordCustomerReply' ? `${accountId}/${command}/${rounds.length}` : `${accountId}/${command}`;
}

type TemplatesAnswer = Answer<'/v1/review-templates'>;

/** The questions of the policy in force. */
function useTemplates(): Templates {
  const { data } = useQuery<TemplatesAnswer>('review-templates', (signal) =>
    bodyOf(api.GET('/v1/review-templates', { signal })),
  );
  return data?.items ?? [];
}

export function ActionForm({ command, review, open, commandId, onDone, onCancel }: ActionFormProps) {
  const { accountId, revision } = review;
  const action = actionOf(command);
  const [typed, setDraft, forget] = useDraft<Draft>(draftKey(command, review), initialOf(review));
  const draft = draftFor(typed, review);
  const [tried, setTried] = useState(false);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  // Whether what came in meanwhile was asked for from this form.
  const [looked, setLooked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const standing = useRef<HTMLDivElement>(null);
  const templates = useTemplates();
  const made = dataOf(command, draft);
  const refused = problem?.code === 'invalid' ? errorsOf(problem) : {};
  // Somebody else may have decided since the form was opened.
  const refusal = sending ? undefined : review.refusedCommands.find((one) => one.command === command);
  const overtaken = refusal && refusalWords({ ...refusal, missing: review.missing });
  const set = (change: Partial<Draft>): void => {
    setDraft({ ...draft, ...change });
    // What the service said was of other data.
    if (problem?.code === 'invalid') setProblem(undefined);
  };

  const send = async (): Promise<void> => {
    setTried(true);
    if (Object.keys(made.errors).length > 0) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus());
      return;
    }
    setSending(true);
    setProblem(undefined);
    const intent = { accountId, command: slugOf(command), data: made.data, seen: revision };
    try {
      await open.hold(async () => {
        const answer = await sendCommand({ ...intent, commandId: commandId(intent) });
        forget();
        onDone(answer);
        await open.refresh(answer);
      });
    } catch (error) {
      setProblem(problemOf(error));
      if (error instanceof ApiProblem) await open.look(revisionIn(error.problem));
      requestAnimationFrame(() => {
        form.current?.querySelector('.standing')?.scrollIntoView({ block: 'nearest' });
        form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
      });
    } finally {
      setSending(false);
    }
  };

  const showNews = (): void => {
    open.showNews();
    setLooked(true);
    // The button goes away. Out of a dialog nobody can go on at what changed; whoever is in one stays in it.
    if (form.current?.closest('dialog') != null) standing.current?.focus();
  };
  const part: PartProps = { draft, set, errors: tried ? { ...refused, ...made.errors } : {} };
  return (
    <form
      ref={form}
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!sending) void send();
      }}
      onFocusIn={({ target }) => {
        // Browsers leave be what can be seen in part: the rest of it would be under the buttons. What is clicked stays.
        if (target instanceof HTMLElement && target.matches(':focus-visible'))
          target.scrollIntoView({ block: 'nearest' });
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit();
      }}
    >
      <p class="muted">{action.does}</p>
      {formFields[command].map((field) => (
        <Beside key={field} proposal={field === 'note' && command === 'ApproveVerification' ? review.proposal : null}>
          <FormField command={command} field={field} review={review} templates={templates} {...part} />
        </Beside>
      ))}
      {action.mailed === true && <MailPreview review={review} command={command} made={made} />}
      <div ref={standing} class="standing" tabIndex={-1}>
        <Standing problem={problem} overtaken={overtaken} looked={looked} open={open} onShow={showNews} />
      </div>
      <div class="form-actions">
        <Button type="submit" kind={action.kind ?? 'primary'} busy={sending}>
          {commandWords(command)}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          Not now
        </Button>
        <span class="small muted form-keys" aria-hidden="true">
          <kbd>Ctrl</kbd> <kbd>Enter</kbd> sends, <kbd>Esc</kbd> goes back. What you typed is kept.
        </span>
      </div>
    </form>
  );
}

/** The second person's note beside that of the first. */
function Beside({
  proposal,
  children,
}: {
  readonly proposal: ReviewPage['proposal'];
  readonly children: ComponentChildren;
}) {
  if (proposal === null) return <>{children}</>;
  return (
    <div class="two">
      <Proposal proposal={proposal} />
      {children}
    </div>
  );
}

/** The revision that a problem names. */
function revisionIn({ revision }: Problem & { readonly revision?: unknown }): number | undefined {
  return typeof revision === 'number' ? revision : undefined;
}

/** What stands against sending: what came in since, or what the service said. */
function Standing({
  problem,
  overtaken,
  looked,
  open,
  onShow,
}: {
  readonly problem: Problem | undefined;
  /** Why the command has no place any more. */
  readonly overtaken: string | undefined;
  readonly looked: boolean;
  readonly open: OpenReview;
  readonly onShow: () => void;
}) {
  const stopped = problem?.code === 'stale';
  if (open.news.length > 0) {
    return (
      <Notice
        tone="wait"
        live={stopped ? 'assertive' : 'polite'}
        title={stopped ? 'Not sent: something came in that you have not seen' : 'Something came in while you read'}
        actions={
          <Button small kind="primary" onClick={onShow}>
            Show what changed
          </Button>
        }
      >
        {[...new Set(open.news.map((event) => eventWords(event).title))].join('. ')}. Look at it, then decide; what you
        typed stays as it is.
      </Notice>
    );
  }
  if (overtaken !== undefined) {
    return (
      <Notice tone="stop" live="polite" title="This cannot be done any more">
        {overtaken}
      </Notice>
    );
  }
  if (stopped || (looked && problem === undefined)) {
    return (
      <Notice tone="info" live="polite" title="The page shows everything now">
        The changed parts are marked
        {stopped
          ? '. If your decision stands, send it again.'
          : ' beside this form, or behind it: “Not now” leads there, and what you typed is kept.'}
      </Notice>
    );
  }
  return problem === undefined ? null : <ProblemNotice problem={problem} />;
}
