/** What can be told of a sample message by its words: a way out, an address, and whether it advertises. */
import type { MessageType } from '../events/vocabulary.js';
import type { SampleText } from './sampleText.js';

type Read = Extract<SampleText, { kind: 'read' }>;

/** Types of message that people can refuse: they need a way out, and say who sends (CAN-SPAM, section 5; GDPR, CASL). */
export const refusable: ReadonlySet<MessageType> = new Set(['marketing', 'newsletter', 'lifecycle']);

const wayOut =
  /unsubscri|opt[\s_-]?out|(manage|update|e-?mail)[\s_-]preferences|abmeld|abbestell|austragen|d[ée]sabonn|d[ée]sinscri|darse de baja|cancelar (la )?suscripci|annulla (l')?iscrizione|disiscri|afmeld|uitschrij|cancelar inscri|avsluta prenumeration|配信停止|退订/iu;

/**
 * The places that templates fill in. As in all patterns here, nothing repeats without a limit: customers write what is
 * looked at, and a text made for it would keep everybody else waiting.
 */
const places = /\{\{[^}]{0,200}\}\}|\{%[^%]{0,200}%\}|\[[^\]]{1,80}\]|<%[^%]{0,200}%>|\*\|[^|]{0,200}\|\*/g;

/** Whether a message has a way out: a link, or a place where the template puts one. */
export function hasWayOut({ links, source, text }: Read): boolean {
  if (links.some((link) => wayOut.test(link))) return true;
  const filledIn = source.match(places) ?? [];
  // A message of plain text has its links as they are.
  return filledIn.some((part) => wayOut.test(part)) || (wayOut.test(text) && /https?:\/\//i.test(text));
}

const streets =
  'street avenue road lane boulevard blvd drive court parkway square suite floor broadway highway st\\. ave\\.? rd\\. ste\\.?';

/** As addresses are written: the words before are names, with a capital letter or a number (5th). */
const streetAddress = new RegExp(
  String.raw`\b\d{1,6}[a-z]?,?\s+(?:[\p{Lu}\d][\p{L}\d.'-]*\s+){0,4}(${streets
    .split(' ')
    .map((word) => `[${word.charAt(0)}${word.charAt(0).toUpperCase()}]${word.slice(1)}`)
    .join('|')})(?=[\s,.]|$)`,
  'u',
);

const postal: readonly RegExp[] = [
  // 12 Main Street; 500 5th Ave
  streetAddress,
  // Hauptstraße 12; Karl-Marx-Allee 3; Domplatz 1
  /\p{L}{1,40}(straße|strasse|str\.|allee|platz|weg|gasse|ufer|damm|ring|straat|laan|gatan|vej|gade)\s+\d{1,4}/iu,
  // 12 rue de Rivoli; Calle de Alcalá 5; Via Roma 1
  /\b\d{1,4}\s?(bis|ter)?,?\s+(rue|avenue|place|quai|chemin|cours|impasse)\s+\p{L}/iu,
  /\b(calle|avenida|plaza|paseo|via|viale|piazza|corso|rua|praça|ul\.|aleja)\s+[\p{L}\s.']{2,40},?\s+(n[º°.]\s?)?\d{1,4}/iu,
  /\bp\.?\s?o\.?\s?box\s+\d+|\bpostfach\s+\d+|\bbo[iî]te postale\s+\d+|\bapartado (postal|de correos)\s+\d+/iu,
  // Springfield, IL 62701; SW1A 1AA; K1A 0B1; 1012 AB Amsterdam
  /\b[A-Z][\p{L}.\s]{1,30},\s*[A-Z]{2}\s+\d{5}(-\d{4})?\b/u,
  /\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b/,
  /\b[A-Z]\d[A-Z]\s\d[A-Z]\d\b/,
  /\b\d{4}\s[A-Z]{2}\s+[A-Z]\p{L}+/u,
  /〒\s?\d{3}-?\d{4}/u,
];

/** What templates call the place for the sender's address. */
const addressPlace =
  /(company|physical|postal|sender|mailing|business|list|organi[sz]ation)[\s_.:-]*(mailing[\s_.-]*)?address/i;

/** Whether a message says where its sender is, or has a place where the template puts it. */
export function hasPostalAddress({ text, source }: Read): boolean {
  const filledIn = source.match(places) ?? [];
  return postal.some((pattern) => pattern.test(text)) || filledIn.some((part) => addressPlace.test(part));
}

const advertising =
  /\d{1,3}\s?% off|discount|\bsale\b|special offer|limited[- ]time|buy now|shop now|don.t miss|deal of|new(est)? (arrivals|collection)|free shipping|newsletter|rabatt|sonderangebot|jetzt kaufen|soldes|promotion|oferta|sconto|unsubscribe/giu;

const transactional =
  /\b(receipt|invoice|your order|order (number|confirmation)|has (been )?shipped|password|verification code|one[- ]time (code|password)|sign[- ]in|security alert|appointment|booking|reservation|confirm your|payment|statement|rechnung|bestellung|passwort|bestätig|facture|commande|mot de passe|factura|pedido|contraseña)/giu;

/** How a message reads: `unclear` where its words say little or both. */
export function readsAs({ text }: Read): 'advertising' | 'transactional' | 'unclear' {
  const distinct = (pattern: RegExp): number =>
    new Set((text.match(pattern) ?? []).map((word) => word.toLowerCase())).size;
  const adverts = distinct(advertising);
  const services = distinct(transactional);
  if (adverts >= 2 && adverts > services) return 'advertising';
  return services > 0 && adverts === 0 ? 'transactional' : 'unclear';
}
