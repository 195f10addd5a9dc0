/** The whole guide: how the account stands, what is asked of it, its steps, the request, its domains. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Arrive } from './arrive.js';
import { AppealForm, AskAgain, Reasons, Withdraw } from './decision.js';
import { Domains } from './domains.js';
import { announced, type GuideView, guideView, type NoticeView } from './guideView.js';
import { Heading } from './heading.js';
import type { AccountLink } from './link.js';
import { explain } from './problems.js';
import { QuestionsForm } from './questionsForm.js';
import { RequestForm } from './requestForm.js';
import { type Shared, SharedContext, useAccountDraft, useShared } from './shared.js';
import { Steps } from './steps.js';
import type { Say } from './texts/texts.js';
import { type Own, useOwnAccount } from './useOwnAccount.js';

export type GuideProps = {
  readonly link: AccountLink;
  readonly say: Say;
  readonly level: number;
  readonly links: Readonly<Record<string, string>>;
  readonly onOwn: (own: Own) => void;
};

/** How long what came of a form may take to be shown, in milliseconds; after that nobody is taken there any more. */
const focusWaits = 5_000;

export function Guide({ link, say, level, links, onOwn }: GuideProps) {
  const [spoken, setSpoken] = useState('');
  const notices = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLElement>(null);
  const wantedUntil = useRef(0);
  const before = useRef<string | undefined>(undefined);
  const { own, problem, connected } = useOwnAccount(link, (got) => {
    const stands = announced(guideView(got.guide, got.account, say));
    // What is there at first is read with the page; only what comes by itself is announced.
    if (before.current !== undefined && stands !== before.current) setSpoken(stands);
    before.current = stands;
    onOwn(got);
  });
  // A form that was sent goes away; whoever was in it goes on at what came of it, once the focus is lost.
  const goOn = (): void => {
    const isLost = (head.current?.getRootNode() as ShadowRoot | undefined)?.activeElement === null;
    if (!isLost || performance.now() > wantedUntil.current) return;
    wantedUntil.current = 0;
    (notices.current?.firstChild == null ? head : notices).current?.focus();
  };
  useEffect(goOn);
  const shared = useMemo<Shared>(() => {
    const focusNotices = (): void => {
      wantedUntil.current = performance.now() + focusWaits;
      goOn();
    };
    return { link, say, level, announce: setSpoken, focusNotices };
  }, [link, say, level]);
  return (
    <SharedContext.Provider value={shared}>
      <section class="guide" part="guide" lang={say.lang} dir={say.dir} aria-busy={own === undefined}>
        <header ref={head} tabIndex={-1} class="head" part="head">
          <Heading>{say('guide.title')}</Heading>
          {own !== undefined && <Progress view={guideView(own.guide, own.account, say)} />}
        </header>
        {own !== undefined && (!connected || problem !== undefined) && (
          <p class="connection" part="connection" role="status">
            {say(problem?.code === 'unauthenticated' ? 'guide.signIn' : 'guide.reconnecting')}
          </p>
        )}
        <div ref={notices} tabIndex={-1} class="notices" part="notices">
          {own !== undefined &&
            guideView(own.guide, own.account, say).notices.map((notice) => (
              <Notice key={notice.kind} notice={notice} />
            ))}
        </div>
        {own === undefined && problem === undefined && connected && <Loading />}
        {own === undefined && (problem !== undefined || !connected) && (
          <Notice
            notice={{
              kind: 'unavailable',
              tone: 'wait',
              title: say('guide.unavailable'),
              text: problem === undefined ? say('guide.reconnecting') : (explain(problem, say).text ?? ''),
            }}
          />
        )}
        {own !== undefined && <Body own={own} view={guideView(own.guide, own.account, say)} links={links} />}
        <p class="visually-hidden" aria-live="polite">
          {spoken}
        </p>
      </section>
    </SharedContext.Provider>
  );
}

function Progress({ view }: { readonly view: GuideView }) {
  const { say } = useShared();
  const all = view.steps.length;
  return (
    <p class="progress" part="progress">
      <progress max={all} value={view.done} aria-hidden="true" />
      <span>{say('guide.progress', { done: view.done, all })}</span>
    </p>
  );
}

/** As large as the steps will be, so that nothing jumps when they come. */
function Loading() {
  const { say } = useShared();
  return (
    <div class="loading" role="status">
      <span class="visually-hidden">{say('guide.loading')}</span>
      {[1, 2, 3, 4, 5].map((one) => (
        <div key={one} class="bone" aria-hidden="true" />
      ))}
    </div>
  );
}

function Notice({ notice }: { readonly notice: NoticeView }) {
  return (
    <div class={`notice tone-${notice.tone}`} part={`notice notice-${notice.kind}`}>
      <Heading below={1}>{notice.title}</Heading>
      <p>{notice.text}</p>
    </div>
  );
}

type BodyProps = { readonly own: Own; readonly view: GuideView; readonly links: Readonly<Record<string, string>> };

function Body({ own, view, links }: BodyProps) {
  const { say } = useShared();
  const [again, setAgain, forgetAgain] = useAccountDraft('again', false);
  useEffect(() => {
    // After the next decision it is a question of its own.
    if (again && view.request !== 'again') forgetAgain();
  }, [again, view.request, forgetAgain]);
  const pressed = useRef(false);
  const press = (open: boolean): void => {
    pressed.current = true;
    setAgain(open);
  };
  const hasForm = view.request === 'form' || (view.request === 'again' && again);
  const canDecide = view.request === 'again' || view.final || view.appeals.length > 0;
  return (
    <>
      {view.reasons.length > 0 && <Reasons reasons={view.reasons} />}
      {canDecide && !hasForm && (
        <section class="section" part="options">
          <Heading below={1}>{say('again.title')}</Heading>
          <Arrive by={pressed.current}>
            <AskAgain view={view} open={() => press(true)} />
          </Arrive>
          {view.appeals.length > 0 && <AppealForm against={view.appeals} />}
        </section>
      )}
      {view.questions.length > 0 && (
        <section class="section" part="questions">
          <Heading below={1}>{say('questions.title')}</Heading>
          {view.respondBy !== null && <p>{say('questions.respondBy', { date: say.date(view.respondBy) })}</p>}
          <QuestionsForm guide={own.guide} />
        </section>
      )}
      <Steps steps={view.steps} links={links} />
      {hasForm && (
        <section class="section" part="request">
          <Heading below={1}>{say('request.title')}</Heading>
          <Arrive by={pressed.current}>
            <RequestForm guide={own.guide} account={own.account} />
          </Arrive>
          {view.request === 'again' && (
            <p class="actions">
              <button type="button" class="button quiet" part="button" onClick={() => press(false)}>
                {say('form.cancel')}
              </button>
            </p>
          )}
        </section>
      )}
      {view.request === 'later' && <p class="hint">{say('request.later')}</p>}
      {view.domains.length + view.unadded.length > 0 && <Domains domains={view.domains} unadded={view.unadded} />}
      {view.canWithdraw !== undefined && <Withdraw what={view.canWithdraw} />}
    </>
  );
}
