/** Die Mails auf Deutsch: the mails in German. */
import type { ApprovalScope } from '../../policy/facts.js';
import { type Block, important, link, list, only, paragraph } from '../letter.js';
import type { NoticeOf, Occasion, Remedies } from '../notice.js';
import { channelWords, enumerate, messageTypeWords } from '../words.js';
import type { Said, Texts, Words } from './text.js';

const von = (company: string | undefined): string => (company === undefined ? '' : ` von ${company}`);
const fuer = (company: string | undefined): string => (company === undefined ? '' : ` für ${company}`);
const ihrKonto = (company: string | undefined): string =>
  company === undefined ? 'Ihr Konto' : `das Konto von ${company}`;
const ihresKontos = (company: string | undefined): string =>
  company === undefined ? 'Ihres Kontos' : `des Kontos von ${company}`;

const ohneAntwort: Readonly<Record<Occasion, string>> = {
  request:
    'Ohne Antwort bis dahin endet die Anfrage. Verloren geht dabei nichts: Sie können jederzeit eine neue stellen, wenn Sie so weit sind.',
  appeal: 'Ohne Antwort bis dahin bleibt es bei der früheren Entscheidung.',
  reReview:
    'Sie können in der Zwischenzeit weiter senden. Ohne Antwort bis dahin entscheiden wir nach dem, was wir wissen.',
};

/** What can be done after a decision, each way with its link. */
function wege({ requestAgain, appeal }: Remedies, { date, link: to }: Words): Block[] {
  const until = requestAgain?.until;
  return [
    ...only(
      requestAgain !== undefined,
      paragraph(
        until === undefined
          ? 'Sie können jederzeit eine neue Anfrage stellen. Bitte beheben Sie vorher, was oben steht; dann sehen wir es uns neu an.'
          : `Sie können bis ${date(until)} eine neue Anfrage stellen. Bitte beheben Sie vorher, was oben steht; dann sehen wir es uns neu an.`,
      ),
      link('Neue Anfrage stellen', to('verification')),
    ),
    ...only(
      requestAgain === undefined,
      paragraph('Diese Entscheidung ist endgültig, eine neue Anfrage ist daher nicht möglich.'),
    ),
    ...only(
      appeal,
      paragraph(
        'Wenn Sie meinen, dass wir uns geirrt haben, können Sie einmal Einspruch einlegen. Dann sieht es sich jemand an, der an dieser Entscheidung nicht beteiligt war.',
      ),
      link('Einspruch einlegen', to('appeal')),
    ),
  ];
}

function umfang({ messageTypes, channelKinds, limits = {} }: ApprovalScope, { number }: Words) {
  const said = { perDay: 'Nachrichten am Tag', perMonth: 'Nachrichten im Monat' } as Readonly<Record<string, string>>;
  return [
    ...(messageTypes === undefined
      ? []
      : [
          {
            title: 'Was',
            text: enumerate(
              messageTypes.map((type) => messageTypeWords[type].de),
              'de',
            ),
          },
        ]),
    ...(channelKinds === undefined
      ? []
      : [
          {
            title: 'Kanäle',
            text: enumerate(
              channelKinds.map((kind) => channelWords[kind].de),
              'de',
            ),
          },
        ]),
    ...Object.entries(limits).map(([name, most]) => ({
      title: 'Menge',
      text: Object.hasOwn(said, name) ? `bis zu ${number(most)} ${said[name] ?? ''}` : `${name}: ${number(most)}`,
    })),
  ];
}

function fragen(notice: NoticeOf<'information_requested'>, words: Words): Pick<Said, 'blocks'> {
  const { questions, respondBy, occasion } = notice;
  return {
    blocks: [
      list(words.questions(questions), questions.length > 1),
      important(`Bitte antworten Sie bis ${words.date(respondBy)}.`),
      link(questions.length > 1 ? 'Fragen beantworten' : 'Frage beantworten', words.link('questions')),
      paragraph(
        'Wenn Sie etwas nicht angeben können, sagen Sie es einfach und nennen Sie den Grund. Auch das ist eine Antwort.',
      ),
      paragraph(ohneAntwort[occasion]),
    ],
  };
}

export const de: Texts = {
  greeting: (name) => (name === undefined ? 'Guten Tag,' : `Guten Tag ${name},`),
  closing: (provider) => `Freundliche Grüße\nIhr Team von ${provider}`,
  footer: ({ provider, company }, technicalOnly, reference) => [
    technicalOnly
      ? `Sie erhalten diese E-Mail, weil Sie bei ${provider} als technischer Kontakt${von(company)} genannt sind.`
      : `Sie erhalten diese E-Mail, weil Sie bei ${provider} als Kontakt${von(company)} genannt sind.`,
    'Haben Sie Fragen? Antworten Sie einfach auf diese E-Mail; ein Mensch liest sie.',
    `Referenz: ${reference}`,
  ],
  templates: {
    request_received: ({ withinWorkingDays }, { company, link: to, provider }) => ({
      subject: `Ihre Anfrage bei ${provider} ist angekommen`,
      preview: 'Wir sehen sie uns an und melden uns, sobald es etwas Neues gibt.',
      heading: 'Ihre Anfrage ist angekommen',
      blocks: [
        paragraph(`Vielen Dank. Die Anfrage${fuer(company)} liegt bei uns, und Sie müssen im Moment nichts tun.`),
        paragraph(
          `Wir sehen uns Ihre Angaben an und prüfen ein paar Dinge. Oft geht das schnell; wenn ein Mensch darauf schauen muss, dauert es meist nicht länger als ${withinWorkingDays === 1 ? 'einen Arbeitstag' : `${withinWorkingDays} Arbeitstage`}. Wir schreiben Ihnen, sobald es etwas Neues gibt.`,
        ),
        paragraph(
          'Bis dahin können Sie Ihre Nachrichten weiter vorbereiten und sich selbst zum Testen Nachrichten schicken.',
        ),
        link('Stand der Anfrage ansehen', to('verification')),
      ],
    }),
    information_requested: (notice, words) => {
      const several = notice.questions.length > 1;
      return {
        subject: several ? 'Wir haben einige Fragen zu Ihrem Konto' : 'Wir haben eine Frage zu Ihrem Konto',
        preview: `Bitte antworten Sie bis ${words.date(notice.respondBy)}.`,
        heading: several ? 'Wir haben einige Fragen' : 'Wir haben eine Frage',
        blocks: [
          paragraph(
            notice.occasion === 'reReview'
              ? `Wir sehen uns ${ihrKonto(words.company)} noch einmal an und brauchen dafür Ihre Hilfe:`
              : `Wir sehen uns gerade die Anfrage${fuer(words.company)} an. Damit es weitergehen kann, brauchen wir Ihre Hilfe:`,
          ),
          ...fragen(notice, words).blocks,
        ],
      };
    },
    information_reminder: (notice, words) => {
      const several = notice.questions.length > 1;
      return {
        subject: several ? 'Erinnerung: Unsere Fragen sind noch offen' : 'Erinnerung: Unsere Frage ist noch offen',
        preview: `Bitte antworten Sie bis ${words.date(notice.respondBy)}.`,
        heading: several ? 'Unsere Fragen sind noch offen' : 'Unsere Frage ist noch offen',
        blocks: [
          paragraph(
            `Wir haben Ihnen wegen ${ihresKontos(words.company)} geschrieben und noch keine Antwort bekommen. Es geht weiterhin um ${several ? 'diese Punkte' : 'diesen Punkt'}:`,
          ),
          ...fragen(notice, words).blocks,
        ],
      };
    },
    expired: ({ remedies: { requestAgain, appeal } }, words) => ({
      subject: 'Ihre Anfrage ist ohne Antwort abgelaufen',
      preview: 'Unsere Fragen sind offen geblieben.',
      heading: 'Ihre Anfrage ist beendet',
      blocks: [
        paragraph(
          `Wir hatten Ihnen einige Fragen zu ${words.company ?? 'Ihrem Konto'} gestellt, und die Zeit dafür ist abgelaufen. Deshalb haben wir die Anfrage geschlossen, ohne über Ihre Angaben zu entscheiden.`,
        ),
        ...(requestAgain === undefined || requestAgain.until !== undefined
          ? [paragraph('Was vorher entschieden wurde, gilt weiter.'), ...wege({ requestAgain, appeal }, words)]
          : [
              paragraph(
                'Verloren ist nichts: Was Sie eingerichtet haben, ist noch da, und Sie können jederzeit eine neue Anfrage stellen.',
              ),
              link('Neue Anfrage stellen', words.link('verification')),
            ]),
      ],
    }),
    approved: ({ scope, suspended }, words) => {
      const points = scope === undefined ? [] : umfang(scope, words);
      return {
        subject: suspended ? 'Ihr Konto ist verifiziert' : 'Ihr Konto ist verifiziert: Sie können jetzt senden',
        preview: suspended
          ? 'Der Versand bleibt vorerst angehalten.'
          : 'Ihre Nachrichten erreichen jetzt die Menschen, denen Sie schreiben.',
        heading: suspended ? 'Ihr Konto ist verifiziert' : 'Sie können jetzt senden',
        blocks: [
          paragraph(
            suspended
              ? `${words.company === undefined ? 'Ihr Konto' : `Das Konto von ${words.company}`} ist verifiziert. Der Versand bleibt vorerst angehalten, weil das Konto gesperrt ist; dazu haben wir Ihnen gesondert geschrieben.`
              : `Gute Nachrichten: ${words.company === undefined ? 'Ihr Konto' : `Das Konto von ${words.company}`} ist verifiziert. Ihre Nachrichten erreichen jetzt die Menschen, denen Sie schreiben.`,
          ),
          ...only(points.length > 0, paragraph('Das ist damit abgedeckt:'), list(points)),
          ...only(
            points.length > 0,
            paragraph('Wenn Sie mehr brauchen, antworten Sie auf diese E-Mail und sagen Sie uns, was Sie vorhaben.'),
          ),
          ...only(
            !suspended,
            paragraph(
              'Was Sie vorher senden wollten, haben wir nicht aufgehoben; bitte starten Sie es noch einmal. Beginnen Sie am besten mit denen, die Sie gut kennen: Dann kommen Ihre Nachrichten besser an.',
            ),
          ),
          link(suspended ? 'Zu Ihrem Konto' : 'Erste Nachricht senden', words.link('home')),
        ],
      };
    },
    rejected: ({ reasons, onAppeal, remedies }, words) => ({
      subject: onAppeal ? 'Zu Ihrem Einspruch' : `Zu Ihrer Anfrage bei ${words.provider}`,
      preview: onAppeal
        ? 'Es bleibt bei unserer Entscheidung.'
        : 'Wir können den Versand für Sie noch nicht freigeben. Hier steht, warum.',
      heading: onAppeal
        ? 'Es bleibt bei unserer Entscheidung'
        : remedies.requestAgain === undefined
          ? 'Wir können den Versand nicht freigeben'
          : 'Wir können den Versand noch nicht freigeben',
      blocks: [
        paragraph(
          onAppeal
            ? `Vielen Dank für Ihren Einspruch${fuer(words.company)}. Jemand, der an der ersten Entscheidung nicht beteiligt war, hat sich alles noch einmal angesehen, und wir bleiben dabei. Die Gründe:`
            : `Vielen Dank für Ihre Geduld. Wir haben uns die Anfrage${fuer(words.company)} angesehen und können den Versand ${remedies.requestAgain === undefined ? 'nicht' : 'noch nicht'} freigeben. Die Gründe:`,
        ),
        list(words.reasons(reasons)),
        ...wege(remedies, words),
      ],
    }),
    revoked: ({ reasons, remedies }, words) => ({
      subject: 'Ihr Konto darf nicht mehr senden',
      preview: 'Wir mussten die Verifizierung zurücknehmen. Hier steht, warum und was Sie tun können.',
      heading: 'Ihr Konto darf nicht mehr senden',
      blocks: [
        paragraph(
          `Wir mussten die Verifizierung ${ihresKontos(words.company)} zurücknehmen. Ab sofort wird nichts mehr gesendet; anmelden und an allem anderen arbeiten können Sie weiterhin. Die Gründe:`,
        ),
        list(words.reasons(reasons)),
        ...wege(remedies, words),
      ],
    }),
    warned: ({ reasons }, words) => ({
      subject: 'Bitte sehen Sie sich an, wie Ihr Konto sendet',
      preview: 'Sie können weiter senden, aber etwas muss sich ändern.',
      heading: 'Etwas muss sich ändern',
      blocks: [
        paragraph(
          `${words.company === undefined ? 'Ihr Konto' : `Das Konto von ${words.company}`} kann weiter senden. Uns ist aber etwas aufgefallen, das Sie bitte bald beheben:`,
        ),
        list(words.reasons(reasons)),
        paragraph(
          'Wenn es so bleibt, müssen wir den Versand vielleicht anhalten, um die Menschen zu schützen, die Ihre Nachrichten bekommen, und den guten Ruf aller, die über uns senden. Wenn Sie Hilfe brauchen, antworten Sie auf diese E-Mail.',
        ),
        link('Konto ansehen', words.link('verification')),
      ],
    }),
    suspended: ({ reasons }, words) => ({
      subject: 'Der Versand für Ihr Konto ist angehalten',
      preview: 'Hier steht, warum und was Sie jetzt tun können.',
      heading: 'Der Versand ist angehalten',
      blocks: [
        paragraph(`Wir haben den gesamten Versand für ${ihrKonto(words.company)} vorerst angehalten. Die Gründe:`),
        list(words.reasons(reasons)),
        paragraph(
          'Bitte beheben Sie das. Antworten Sie dann auf diese E-Mail und sagen Sie uns, was Sie geändert haben. Ein Mensch sieht es sich an und gibt den Versand wieder frei, wenn alles in Ordnung ist.',
        ),
        link('Konto ansehen', words.link('verification')),
        paragraph(
          'Wenn Sie meinen, dass wir uns geirrt haben, können Sie auch einmal Einspruch einlegen. Dann sieht sich ein Mensch alles noch einmal an.',
        ),
        link('Einspruch einlegen', words.link('appeal')),
      ],
    }),
  },
};
