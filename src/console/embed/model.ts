/** What the elements speak of, as the API gives it to an account's own people. */
import type { Account, Answer, Problem, SetupGuide } from '../api/types.js';

export type { Problem, SetupGuide };
export type Gate = Answer<'/v1/accounts/{accountId}/gate'>;
export type Domain = SetupGuide['domains'][number];
export type DnsRecord = Domain['records'][number];
export type Question = SetupGuide['questions'][number];
export type Requirement = Question['requirement'];
export type Profile = SetupGuide['profile'];

/** The account, as far as the guide needs it beside itself. */
export type OwnAccount = Pick<Account, 'accountId' | 'revision' | 'allowedCommands'> & {
  readonly channels: readonly { readonly channelId: string; readonly kind: string; readonly domain?: string }[];
  readonly messages: readonly { readonly messageId: string; readonly name: string }[];
};

/** A file that was uploaded for something. */
export type Attached = { readonly evidenceId: string; readonly name: string };
