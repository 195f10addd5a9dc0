import { mostDomains } from '../../../src/policy/facts.js';
import { given } from '../../support/decideSpecification.js';
import { command } from '../../support/examples.js';

const add = (number: number) => command('AddDomain', { domain: `mail-${number}.acme.example` });
const full = [command('SignUp'), ...Array.from({ length: mostDomains }, (_, index) => add(index))];

test('given as many domains as may be: another is too_many_domains, one of them is no further one', () => {
  given(full.slice(0, -1)).when(add(mostDomains)).thenEvents('DomainAdded');
  given(full).when(add(mostDomains)).thenRefused('too_many_domains');
  given(full)
    .when(command('AddDomain', { domain: 'mail-1.acme.example', dkim: { selector: 's1', publicKey: 'MIGf' } }))
    .thenEvents('DomainAdded');
});

test('given one removed: there is room for another', () => {
  given([...full, command('RemoveDomain', { domain: 'mail-1.acme.example' })])
    .when(add(mostDomains))
    .thenEvents('DomainAdded');
});
