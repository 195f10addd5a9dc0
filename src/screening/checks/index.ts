/** The checks of a screening, in the order in which reviewers see their findings. */
import type { Check } from '../check.js';
import { blocklist } from './blocklist.js';
import { disposableMail } from './disposableMail.js';
import { freeMail } from './freeMail.js';
import { mailAuthentication } from './mailAuthentication.js';
import { optIn } from './optIn.js';
import { sample } from './sample.js';
import { samplePostalAddress, sampleUnsubscribe } from './sampleFooter.js';
import { sharedDomain } from './sharedDomain.js';
import { website } from './website.js';
import { websiteDomain } from './websiteDomain.js';

export const checks: readonly Check[] = [
  website,
  websiteDomain,
  mailAuthentication,
  freeMail,
  disposableMail,
  blocklist,
  sharedDomain,
  sample,
  sampleUnsubscribe,
  samplePostalAddress,
  optIn,
];
