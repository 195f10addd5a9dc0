/** A reviewer's questions, each answered in words, with a file, or by saying why it cannot be. */
import { useState } from 'preact/hooks';
import {
  type AnswerDraft,
  type AnswerDrafts,
  answersData,
  type Asked,
  askedOf,
  type Files,
  type How,
  missingAnswers,
  usualHow,
} from './answers.js';
import { Form, TextArea } from './fields.js';
import { FileField } from './fileField.js';
import type { Requirement, SetupGuide } from './model.js';
import { useAccountDraft, useSending, useShared } from './shared.js';

export function QuestionsForm({ guide }: { readonly guide: SetupGuide }) {
  const { say, announce, focusNotices } = useShared();
  // Of these questions: what was begun for earlier ones, which ended without an answer, is not one to these.
  const round = JSON.stringify(guide.questions.map(({ requirement, message }) => [requirement, message]));
  const [drafts, setDrafts, forgetDrafts] = useAccountDraft<AnswerDrafts>(`answers:${round}`, {});
  const [files, setFiles, forgetFiles] = useAccountDraft<Files>(`answer-files:${round}`, {});
  const [uploads, setUploads] = useState(0);
  const sending = useSending();
  const asked = askedOf(guide.questions);

  const submit = async (): Promise<void> => {
    const missing = missingAnswers(asked, drafts, files);
    if (missing.length > 0) {
      const wrong = missing.map((requirement) => [requirement, say('questions.missing')]);
      sending.setProblem({ text: undefined, fields: Object.fromEntries(wrong) as Record<string, string> });
      return;
    }
    if (!(await sending.send('submit-information', answersData(asked, drafts, files)))) return;
    forgetDrafts();
    forgetFiles();
    announce(say('questions.sent'));
    focusNotices();
  };

  return (
    <Form sending={sending} submit={() => void submit()} label={say('questions.send')} disabled={uploads > 0}>
      {asked.map((one, index) => (
        <QuestionField
          key={one.requirement}
          asked={one}
          number={index + 1}
          all={asked.length}
          draft={drafts[one.requirement] ?? {}}
          set={(draft) => {
            setDrafts({ ...drafts, [one.requirement]: draft });
            sending.touched(one.requirement);
          }}
          error={sending.problem?.fields[one.requirement]}
        >
          <FileField
            label={say('file.choose')}
            limits={guide.evidence}
            requirement={one.requirement}
            attached={files[one.requirement]}
            onAttached={(attached) => {
              setFiles({ ...files, [one.requirement]: attached });
              sending.touched(one.requirement);
            }}
            onBusy={(busy) => setUploads((count) => Math.max(0, count + (busy ? 1 : -1)))}
            error={errorOfFile(one.requirement, drafts, sending.problem?.fields)}
          />
        </QuestionField>
      ))}
    </Form>
  );
}

function errorOfFile(requirement: Requirement, drafts: AnswerDrafts, fields: Readonly<Record<string, string>> = {}) {
  const how = drafts[requirement]?.how ?? usualHow(requirement);
  return how === 'file' ? fields[requirement] : undefined;
}

type QuestionProps = {
  readonly asked: Asked;
  readonly number: number;
  readonly all: number;
  readonly draft: AnswerDraft;
  readonly set: (draft: AnswerDraft) => void;
  readonly error: string | undefined;
  /** Where a file is chosen. */
  readonly children: preact.ComponentChildren;
};

const ways: readonly How[] = ['text', 'file', 'cannot'];

function QuestionField({ asked, number, all, draft, set, error, children }: QuestionProps) {
  const { say } = useShared();
  const { how = usualHow(asked.requirement) } = draft;
  return (
    <fieldset class="question" part="question">
      <legend>
        {all > 1 && <span class="quiet">{say('questions.one', { number, all })} </span>}
        {asked.messages.map((message) => (
          <span key={message} class="asked">
            {message}
          </span>
        ))}
      </legend>
      <fieldset class="choices row">
        <legend part="label">{say('questions.how')}</legend>
        {ways.map((way) => (
          <label key={way} class="choice">
            <input
              type="radio"
              name={`how-${asked.requirement}`}
              checked={how === way}
              onChange={() => set({ ...draft, how: way })}
            />
            <span>{say(`questions.${way}`)}</span>
          </label>
        ))}
      </fieldset>
      {how === 'text' && (
        <TextArea
          label={say('questions.answer')}
          value={draft.text ?? ''}
          onValue={(text) => set({ ...draft, text })}
          error={error}
        />
      )}
      {how === 'cannot' && (
        <TextArea
          label={say('questions.why')}
          hint={say('questions.why.hint')}
          value={draft.why ?? ''}
          onValue={(why) => set({ ...draft, why })}
          error={error}
        />
      )}
      {how === 'file' && (
        <>
          {children}
          <TextArea
            label={say('questions.answer')}
            value={draft.text ?? ''}
            onValue={(text) => set({ ...draft, text })}
            required={false}
          />
        </>
      )}
    </fieldset>
  );
}
