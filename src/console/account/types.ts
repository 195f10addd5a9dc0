/** Names for what the account pages show. The API says little more of an account than that it is an object. */
import type { ActorType, Answer } from '../api/types.js';
import type { Step } from '../chart/walk.js';

type Overview = Answer<'/v1/accounts/{accountId}/overview'>;

export type AccountLine = Answer<'/v1/accounts'>['items'][number];
export type GateAnswer = Overview['gate'][number];
export type Guide = Overview['guide'];

type Actor = { readonly type: ActorType; readonly id: string };

/** One event of an account, as insiders see it. */
export type TimelineItem = Step & {
  readonly id: string;
  readonly position: string;
  readonly recordedAt: string;
  readonly imported: boolean;
  readonly actor: Actor;
  readonly onBehalfOf: string | null;
  readonly data: object;
};

export type Domain = {
  readonly domain: string;
  readonly state: string;
  readonly lapsed: boolean;
  readonly lastCheck: { readonly outcome: string; readonly at: string } | null;
};

/** An account at one revision: now, or as it was. */
export type Glance = Pick<
  Overview,
  'accountId' | 'revision' | 'status' | 'standing' | 'policyVersion' | 'gate' | 'guide'
> & {
  readonly state: Step['to'];
  readonly holder: string | null;
  readonly company: string | null;
  readonly ownerEmail: string | null;
  readonly locale: string | null;
  readonly signedUpAt: string | null;
  readonly verifiedAt: string | null;
  readonly respondBy: string | null;
  readonly contacts: readonly {
    readonly email: string;
    readonly name?: string;
    readonly roles: readonly string[];
    readonly locale?: string;
  }[];
  readonly profile: {
    readonly website?: string;
    readonly technicalContact?: { readonly name: string; readonly email: string };
    readonly useCase?: string;
    readonly audience?: string;
    readonly messageTypes?: readonly string[];
    readonly subscriptionProcess?: string;
  };
  readonly channels: readonly { readonly channelId: string; readonly kind: string; readonly domain?: string }[];
  readonly domains: readonly Domain[];
  readonly messages: readonly { readonly messageId: string; readonly channelId: string; readonly name: string }[];
  readonly evidence: readonly { readonly evidenceId: string; readonly kind: string }[];
  readonly review: {
    readonly request: { readonly by: string; readonly at: string } | null;
    readonly assignee: string | null;
    readonly proposal: { readonly by: string; readonly at: string } | null;
    readonly waived: readonly string[];
  };
  readonly scope: {
    readonly messageTypes?: readonly string[];
    readonly channelKinds?: readonly string[];
    readonly limits?: Readonly<Record<string, number>>;
  } | null;
};
