/** Names for the parts of the API's types that the console speaks of. */
import type { Paths, Problem as ApiProblem } from './openapi.js';

type JsonOf<Response> = Response extends { readonly content: { readonly 'application/json': infer Body } }
  ? Body
  : never;
type Successes<Responses> = {
  [Code in keyof Responses]: `${Code & number}` extends `2${string}` ? JsonOf<Responses[Code]> : never;
}[keyof Responses];

/** What `GET path` answers. */
export type Answer<
  Path extends keyof Paths,
  Method extends keyof Paths[Path] = 'get' & keyof Paths[Path],
> = Paths[Path][Method] extends { readonly responses: infer Responses } ? Successes<Responses> : never;

export type Problem = ApiProblem;
export type ReviewPage = Answer<'/v1/reviews/{accountId}'>;
export type Account = Answer<'/v1/accounts/{accountId}'>;
export type SetupGuide = Answer<'/v1/accounts/{accountId}/setup-guide'>;
export type Transition = Answer<'/v1/transitions'>['items'][number];

export type ActorType = Transition['actor']['type'];
