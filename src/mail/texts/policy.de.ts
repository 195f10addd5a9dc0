/**
 * The built-in policy's sentences for customers in German, by the English ones. A provider's own sentences, and what a
 * reviewer writes, are passed on as they were written.
 */
export const policyInGerman: ReadonlyMap<string, string> = new Map([
  [
    'We could not open your website. Which address shows your company to visitors?',
    'Wir konnten Ihre Website nicht öffnen. Unter welcher Adresse finden Besucher Ihr Unternehmen?',
  ],
  [
    'Your website asks for a password. Please open it, or tell us how we can see it.',
    'Ihre Website verlangt ein Passwort. Bitte machen Sie sie zugänglich, oder sagen Sie uns, wie wir sie ansehen können.',
  ],
  [
    'Your website is still being built. Is there another page that shows what your company does?',
    'Ihre Website ist noch im Aufbau. Gibt es eine andere Seite, die zeigt, was Ihr Unternehmen macht?',
  ],
  [
    'Your website and your sending domain differ. How do they belong together?',
    'Ihre Website und Ihre Absenderdomain unterscheiden sich. Wie gehören sie zusammen?',
  ],
  [
    'The DNS records of your sending domain are not in place yet. Please publish them.',
    'Die DNS-Einträge Ihrer Absenderdomain sind noch nicht vorhanden. Bitte veröffentlichen Sie sie.',
  ],
  ['How do people agree to receive your messages?', 'Wie stimmen Menschen zu, Ihre Nachrichten zu erhalten?'],
  [
    'Please send a screenshot of the form with which people sign up for your messages.',
    'Bitte schicken Sie uns einen Screenshot des Formulars, mit dem sich Menschen für Ihre Nachrichten anmelden.',
  ],
  [
    'Please show us one message as you will send it.',
    'Bitte zeigen Sie uns eine Nachricht so, wie Sie sie senden werden.',
  ],
  [
    'Your sample message has no unsubscribe link. Please add one and show us the message again.',
    'Ihre Beispielnachricht hat keinen Abmeldelink. Bitte ergänzen Sie ihn, und zeigen Sie uns die Nachricht noch einmal.',
  ],
  [
    'Your sample message has no postal address. Please add one and show us the message again.',
    'Ihre Beispielnachricht hat keine Postanschrift. Bitte ergänzen Sie sie, und zeigen Sie uns die Nachricht noch einmal.',
  ],
  [
    'Please tell us a little more about what you will send, and to whom.',
    'Bitte erzählen Sie uns etwas mehr darüber, was Sie senden werden und wem.',
  ],
  [
    'Too many people marked your messages as spam. Please check whom you write to, and why.',
    'Zu viele Menschen haben Ihre Nachrichten als Spam gemeldet. Bitte prüfen Sie, wem Sie schreiben und warum.',
  ],
  [
    'More people than usual mark your messages as spam. Please check whom you write to, and why.',
    'Mehr Menschen als üblich melden Ihre Nachrichten als Spam. Bitte prüfen Sie, wem Sie schreiben und warum.',
  ],
  [
    'Too many of your messages could not be delivered. Please clean your list.',
    'Zu viele Ihrer Nachrichten konnten nicht zugestellt werden. Bitte bereinigen Sie Ihre Liste.',
  ],
  [
    'Many of your messages cannot be delivered. Please clean your list.',
    'Viele Ihrer Nachrichten können nicht zugestellt werden. Bitte bereinigen Sie Ihre Liste.',
  ],
  [
    'Somebody else seems to use your account. We stopped sending to protect you; please change your keys.',
    'Offenbar benutzt jemand anderes Ihr Konto. Wir haben den Versand angehalten, um Sie zu schützen; bitte ändern Sie Ihre Schlüssel.',
  ],
  [
    'Some of your addresses were never given to you by their owners. Please tell us where your list comes from.',
    'Einige Ihrer Adressen haben Sie nie von ihren Inhabern bekommen. Bitte sagen Sie uns, woher Ihre Liste stammt.',
  ],
  [
    'We received a report about your messages, and take another look.',
    'Wir haben eine Meldung zu Ihren Nachrichten bekommen und sehen sie uns noch einmal an.',
  ],
  [
    'You send much more than usual, and we take another look.',
    'Sie senden deutlich mehr als sonst, und wir sehen es uns noch einmal an.',
  ],
]);
