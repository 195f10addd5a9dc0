/** The mails in English. */
import type { ApprovalScope } from '../../policy/facts.js';
import { type Block, important, link, list, only, paragraph } from '../letter.js';
import type { NoticeOf, Occasion, Remedies } from '../notice.js';
import { channelWords, enumerate, messageTypeWords } from '../words.js';
import type { Said, Texts, Words } from './text.js';

const of = (company: string | undefined): string => (company === undefined ? '' : ` of ${company}`);
const forCompany = (company: string | undefined): string => (company === undefined ? '' : ` for ${company}`);
const yours = (company: string | undefined): string => company ?? 'your account';

const whenUnanswered: Readonly<Record<Occasion, string>> = {
  request:
    'Without an answer by then, the request ends. Nothing is lost: you can send a new request whenever you are ready.',
  appeal: 'Without an answer by then, the earlier decision stands.',
  reReview: 'You can go on sending in the meantime. Without an answer by then, we decide with what we know.',
};

/** What can be done after a decision, each way with its link. */
function remedies({ requestAgain, appeal }: Remedies, { date, link: to }: Words): Block[] {
  const until = requestAgain?.until;
  return [
    ...only(
      requestAgain !== undefined,
      paragraph(
        until === undefined
          ? 'You can send us a new request at any time. Please put right what is listed above first; then we take a fresh look.'
          : `You can send us a new request until ${date(until)}. Please put right what is listed above first; then we take a fresh look.`,
      ),
      link('Send a new request', to('verification')),
    ),
    ...only(
      requestAgain === undefined,
      paragraph('This decision is final, so verification cannot be requested again.'),
    ),
    ...only(
      appeal,
      paragraph(
        'If you think we got this wrong, you can appeal once. Somebody who was not part of this decision will look at it.',
      ),
      link('Appeal this decision', to('appeal')),
    ),
  ];
}

function scopePoints({ messageTypes, channelKinds, limits = {} }: ApprovalScope, { number }: Words) {
  const said = { perDay: 'messages a day', perMonth: 'messages a month' } as Readonly<Record<string, string>>;
  return [
    ...(messageTypes === undefined
      ? []
      : [
          {
            title: 'What',
            text: enumerate(
              messageTypes.map((type) => messageTypeWords[type].en),
              'en',
            ),
          },
        ]),
    ...(channelKinds === undefined
      ? []
      : [
          {
            title: 'Channels',
            text: enumerate(
              channelKinds.map((kind) => channelWords[kind].en),
              'en',
            ),
          },
        ]),
    ...Object.entries(limits).map(([name, most]) => ({
      title: 'Limit',
      text: Object.hasOwn(said, name) ? `up to ${number(most)} ${said[name] ?? ''}` : `${name}: ${number(most)}`,
    })),
  ];
}

function asked(notice: NoticeOf<'information_requested'>, words: Words): Pick<Said, 'blocks'> {
  const { questions, respondBy, occasion } = notice;
  return {
    blocks: [
      list(words.questions(questions), questions.length > 1),
      important(`Please answer by ${words.date(respondBy)}.`),
      link(questions.length > 1 ? 'Answer the questions' : 'Answer the question', words.link('questions')),
      paragraph('If there is something you cannot provide, just say so and why. That is an answer, too.'),
      paragraph(whenUnanswered[occasion]),
    ],
  };
}

export const en: Texts = {
  greeting: (name) => (name === undefined ? 'Hello,' : `Hello ${name},`),
  closing: (provider) => `Kind regards\nThe team at ${provider}`,
  footer: ({ provider, company }, technicalOnly, reference) => [
    technicalOnly
      ? `You receive this e-mail because you are named as the technical contact${of(company)} at ${provider}.`
      : `You receive this e-mail because you are named as a contact${of(company)} at ${provider}.`,
    'Any questions? Just reply to this e-mail; a person reads it.',
    `Reference: ${reference}`,
  ],
  templates: {
    request_received: ({ withinWorkingDays }, { company, link: to, provider }) => ({
      subject: `We received your request to start sending with ${provider}`,
      preview: 'We take a look and write to you as soon as there is news.',
      heading: 'We received your request',
      blocks: [
        paragraph(`Thank you. Your request${forCompany(company)} is with us, and there is nothing you need to do now.`),
        paragraph(
          `We look at what you told us and check a few things. Often that is quick; when a person needs to look, it usually takes no more than ${withinWorkingDays === 1 ? 'one working day' : `${withinWorkingDays} working days`}. We will write to you as soon as there is news.`,
        ),
        paragraph('Until then you can go on preparing your messages, and send tests to your own addresses.'),
        link('See how your request stands', to('verification')),
      ],
    }),
    information_requested: (notice, words) => {
      const several = notice.questions.length > 1;
      return {
        subject: several ? 'We have a few questions about your account' : 'We have a question about your account',
        preview: `Please answer by ${words.date(notice.respondBy)}.`,
        heading: several ? 'We have a few questions' : 'We have one question',
        blocks: [
          paragraph(
            notice.occasion === 'reReview'
              ? `We are taking another look at ${yours(words.company)}, and need your help with ${several ? 'these points' : 'this'}:`
              : `We are looking at the request${forCompany(words.company)}. To go on, we need your help with ${several ? 'these points' : 'this'}:`,
          ),
          ...asked(notice, words).blocks,
        ],
      };
    },
    information_reminder: (notice, words) => {
      const several = notice.questions.length > 1;
      return {
        subject: several ? 'Reminder: our questions are still open' : 'Reminder: our question is still open',
        preview: `Please answer by ${words.date(notice.respondBy)}.`,
        heading: several ? 'Our questions are still open' : 'Our question is still open',
        blocks: [
          paragraph(
            `We wrote to you about ${yours(words.company)} and have not heard back yet. It is still about ${several ? 'these points' : 'this'}:`,
          ),
          ...asked(notice, words).blocks,
        ],
      };
    },
    expired: ({ remedies: { requestAgain, appeal } }, words) => ({
      subject: 'Your request ended without an answer',
      preview: 'Our questions stayed open.',
      heading: 'Your request has ended',
      blocks: [
        paragraph(
          `We asked you a few things about ${yours(words.company)}, and the time to answer has run out. So we closed the request without a decision on what you told us.`,
        ),
        ...(requestAgain === undefined || requestAgain.until !== undefined
          ? [paragraph('What was decided before still holds.'), ...remedies({ requestAgain, appeal }, words)]
          : [
              paragraph(
                'Nothing is lost: what you set up is still there, and you can send us a new request whenever you are ready.',
              ),
              link('Send a new request', words.link('verification')),
            ]),
      ],
    }),
    approved: ({ scope, suspended }, words) => {
      const points = scope === undefined ? [] : scopePoints(scope, words);
      return {
        subject: suspended ? 'Your account is verified' : 'Your account is verified: you can start sending',
        preview: suspended ? 'Sending stays off for now.' : 'Your messages can now reach the people you write to.',
        heading: suspended ? 'Your account is verified' : 'You can start sending',
        blocks: [
          paragraph(
            suspended
              ? `${words.company ?? 'Your account'} is verified. Sending stays off for now, because the account is suspended; we wrote to you about that separately.`
              : `Good news: ${yours(words.company)} is verified. Your messages can now reach the people you write to.`,
          ),
          ...only(points.length > 0, paragraph('This is what the approval covers:'), list(points)),
          ...only(
            points.length > 0,
            paragraph('If you need more than that, reply to this e-mail and tell us what you plan.'),
          ),
          ...only(
            !suspended,
            paragraph(
              'What you tried to send before was not kept, so please start it again. And do begin with the people who know you best: it helps your messages get through.',
            ),
          ),
          link(suspended ? 'Go to your account' : 'Send your first message', words.link('home')),
        ],
      };
    },
    rejected: ({ reasons, onAppeal, remedies: ways }, words) => ({
      subject: onAppeal ? 'About your appeal' : `About your request to start sending with ${words.provider}`,
      preview: onAppeal ? 'Our earlier decision stands.' : 'We cannot open sending for you yet. This is why.',
      heading: onAppeal
        ? 'Our decision stands'
        : ways.requestAgain === undefined
          ? 'We cannot open sending for you'
          : 'We cannot open sending for you yet',
      blocks: [
        paragraph(
          onAppeal
            ? `Thank you for your appeal${forCompany(words.company)}. Somebody who was not part of the first decision looked at everything again, and we stay with it. This is why:`
            : `Thank you for your patience. We looked at the request${forCompany(words.company)}, and cannot open sending for you${ways.requestAgain === undefined ? '' : ' yet'}. This is why:`,
        ),
        list(words.reasons(reasons)),
        ...remedies(ways, words),
      ],
    }),
    revoked: ({ reasons, remedies: ways }, words) => ({
      subject: 'Your account may no longer send',
      preview: 'We had to take the verification back. This is why, and what you can do.',
      heading: 'Your account may no longer send',
      blocks: [
        paragraph(
          `We had to take back the verification of ${yours(words.company)}. From now on nothing is sent; you can still log in and work on everything else. This is why:`,
        ),
        list(words.reasons(reasons)),
        ...remedies(ways, words),
      ],
    }),
    warned: ({ reasons }, words) => ({
      subject: 'Please take a look at how your account sends',
      preview: 'You can go on sending, but something needs to change.',
      heading: 'Something needs to change',
      blocks: [
        paragraph(
          `${words.company ?? 'Your account'} can go on sending. But we noticed something that we ask you to put right soon:`,
        ),
        list(words.reasons(reasons)),
        paragraph(
          'If it stays as it is, we may have to stop the sending to protect the people who get your messages, and the good name of all who send with us. If you need help, reply to this e-mail.',
        ),
        link('Look at your account', words.link('verification')),
      ],
    }),
    suspended: ({ reasons }, words) => ({
      subject: 'Sending is stopped for your account',
      preview: 'This is why, and what you can do now.',
      heading: 'Sending is stopped',
      blocks: [
        paragraph(`We have stopped all sending for ${yours(words.company)} for now. This is why:`),
        list(words.reasons(reasons)),
        paragraph(
          'Please put this right, then reply to this e-mail and tell us what you changed. A person will look at it, and open sending again when all is well.',
        ),
        link('Look at your account', words.link('verification')),
        paragraph(
          'If you think we got this wrong, you can also appeal, once. A person will then look at everything again.',
        ),
        link('Appeal this decision', words.link('appeal')),
      ],
    }),
  },
};
