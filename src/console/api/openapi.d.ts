/** Generated from the OpenAPI document by `npm run docs:api`: do not edit. */

export interface Paths {
"/v1/accounts/{accountId}": {
/**
 * One account, folded from its stream: never stale.
 */
get: {
parameters: {
path: {
accountId: string
}
query?: {
/**
 * Wait until the answer reflects this log position.
 */
after?: string
}
}
responses: {
200: {
content: {
"application/json": Account
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/setup-guide": {
/**
 * The setup guide as the account’s own people see it.
 */
get: {
parameters: {
path: {
accountId: string
}
query?: {
/**
 * Wait until the answer reflects this log position.
 */
after?: string
}
}
responses: {
200: {
content: {
"application/json": PresentSetupGuide
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/timeline": {
/**
 * What happened to the account, one item an event, oldest first. Customers see their part of it.
 */
get: {
parameters: {
path: {
accountId: string
}
query?: {
/**
 * Wait until the answer reflects this log position.
 */
after?: string
/**
 * Items of a page; 100 unless given.
 */
limit?: string
/**
 * From this revision on; all unless given.
 */
from?: string
cursor?: string
}
}
responses: {
200: {
content: {
"application/json": {
items: {
revision: number
type: string
[k: string]: unknown
}[]
next: (string | null)
position: (string | null)
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/funnel": {
/**
 * How many accounts are in each status, and how often verification was requested and decided.
 */
get: {
parameters: {
query?: {
/**
 * Wait until the answer reflects this log position.
 */
after?: string
}
}
responses: {
200: {
content: {
"application/json": {
statuses: {
[k: string]: number
}
totals: {
signups: number
requests: number
informationRequests: number
withdrawals: number
approvals: number
}
position: (string | null)
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts": {
/**
 * Accounts in the order in which they signed up, or those that are looked for.
 */
get: {
parameters: {
query?: {
/**
 * Wait until the answer reflects this log position.
 */
after?: string
/**
 * A part of the account’s id, company, website’s host, sending domains, or of the domains of its people’s addresses; capitals and accents do not matter. An e-mail address or a web address stands for its domain.
 */
q?: string
status?: ("not_requested" | "in_review" | "info_requested" | "verified" | "rejected" | "revoked" | "expired" | "closed")
/**
 * The oldest first, or the newest; without `q`.
 */
order?: ("asc" | "desc")
/**
 * Items of a page; 100 unless given.
 */
limit?: string
cursor?: string
}
}
responses: {
200: {
content: {
"application/json": {
items: AccountLine[]
next: (string | null)
position: (string | null)
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
/**
 * An account was opened with the provider.
 */
post: {
parameters: {
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
holder?: ("business" | "individual")
company?: string
ownerEmail: string
locale?: string
/**
 * Made from the sender and the Idempotency-Key when absent.
 */
accountId?: string
}
}
}
responses: {
201: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/events": {
/**
 * The events of one account as stored, oldest first, each with its hash and the one that it chains to.
 */
get: {
parameters: {
path: {
accountId: string
}
query?: {
/**
 * The first revision wanted; 0 unless given.
 */
from?: string
/**
 * Events of a page; 100 unless given.
 */
limit?: string
}
}
responses: {
200: {
content: {
"application/json": {
items: StoredEvent[]
next: (number | null)
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/tokens": {
/**
 * Makes a short-lived token that speaks for one account’s own people: what the embedded elements are given.
 */
post: {
parameters: {
path: {
accountId: string
}
}
requestBody: {
content: {
"application/json": {
/**
 * Who of the account’s people it is for, as an id of yours; `customer:<accountId>` unless given.
 */
actor?: string
/**
 * 900 unless given.
 */
expiresInSeconds?: number
}
}
}
responses: {
201: {
content: {
"application/json": AccountToken
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/changes": {
/**
 * What happens to accounts, as it happens: `{position, accountId, revision, type, occurredAt}` for each event.
 */
get: {
parameters: {
query?: {
/**
 * As `Last-Event-ID`, for readers that cannot set headers.
 */
after?: string
}
header?: {
/**
 * The `id` of the last message: goes on after it.
 */
"last-event-id"?: string
}
}
responses: {
200: {
content: {
"text/event-stream": string
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/changes": {
/**
 * That something happened to the account, as it happens: `{position, accountId, revision}` for each event.
 */
get: {
parameters: {
path: {
accountId: string
}
query?: {
/**
 * As `Last-Event-ID`, for readers that cannot set headers.
 */
after?: string
}
header?: {
/**
 * The `id` of the last message: goes on after it.
 */
"last-event-id"?: string
}
}
responses: {
200: {
content: {
"text/event-stream": string
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/history": {
/**
 * One account as it was: state, guide and gate, with the policy then in force.
 */
get: {
parameters: {
path: {
accountId: string
}
query?: {
/**
 * Wait until the answer reflects this log position.
 */
after?: string
/**
 * After this event of the account.
 */
revision?: string
/**
 * At this instant, by when events happened (`occurredAt`).
 */
at?: string
/**
 * By what had been recorded by then: without history that was brought in later.
 */
known?: string
}
}
responses: {
200: {
content: {
"application/json": AccountThen
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/overview": {
/**
 * One account as it is: state, guide, and the gate’s answer to every action, in one answer.
 */
get: {
parameters: {
path: {
accountId: string
}
}
responses: {
200: {
content: {
"application/json": AccountOverview
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/update-contacts": {
/**
 * Replaces the list of people who are told about verification.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
/**
 * @maxItems 50
 */
contacts: {
email: string
name?: string
/**
 * @maxItems 3
 */
roles: ("owner" | "technical" | "requester")[]
locale?: string
}[]
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/update-business-profile": {
/**
 * Says or corrects what the business does; fields left out stay as they are.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
website?: string
technicalContact?: {
name: string
email: string
}
useCase?: string
audience?: string
/**
 * @minItems 1
 * @maxItems 5
 */
messageTypes?: ("transactional" | "lifecycle" | "newsletter" | "marketing" | "other")[]
subscriptionProcess?: string
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/record-people-added": {
/**
 * People were added to the workspace.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
count: number
/**
 * @maxItems 500
 */
attributes: string[]
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/record-events-received": {
/**
 * The workspace received events.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
count: number
/**
 * @maxItems 500
 */
names: string[]
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/configure-channel": {
/**
 * A messaging channel was configured, or configured otherwise.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
channelId: string
kind: ("email" | "sms" | "push" | "in_app" | "webhook")
domain?: string
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/remove-channel": {
/**
 * A messaging channel was removed.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
channelId: string
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/add-domain": {
/**
 * A sending domain was added.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
domain: string
dkim?: {
selector: string
publicKey: string
}
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/remove-domain": {
/**
 * A sending domain was removed.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
domain: string
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/record-domain-check": {
/**
 * What a check of a domain’s DNS records found.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
domain: string
outcome: ("verified" | "failed" | "temporary_failure")
/**
 * @maxItems 50
 */
records: {
type: string
name: string
expected: string
/**
 * @maxItems 50
 */
found: string[]
ok: boolean
unavailable?: true
}[]
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/record-message-created": {
/**
 * A message was created in the workspace.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
messageId: string
channelId: string
name: string
subject?: string
body?: string
previewUrl?: string
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/request-verification": {
/**
 * Asks the provider to allow sending. Website, technical contact and use case are needed, here or in the profile.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
website?: string
technicalContact?: {
name: string
email: string
}
useCase?: string
audience?: string
/**
 * @minItems 1
 * @maxItems 5
 */
messageTypes?: ("transactional" | "lifecycle" | "newsletter" | "marketing" | "other")[]
subscriptionProcess?: string
sampleMessage?: ({
messageId: string
} | {
evidenceId: string
})
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/withdraw-verification": {
/**
 * Takes the request (or the appeal under review) back.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
reason?: string
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/complete-screening": {
/**
 * What the automatic checks saw, and what they recommend.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
policyVersion: string
/**
 * @maxItems 100
 */
findings: {
check: string
outcome: ("pass" | "fail" | "unknown")
reasonCode?: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")
detail?: string
}[]
recommendation: ("approve" | "review" | "request_information")
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/skip-screening": {
/**
 * Sends the request to a person without waiting for the checks.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
reason: string
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/assign-review": {
/**
 * Gives the review to a reviewer.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
reviewer: string
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/release-review": {
/**
 * Gives the review back to the queue.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {

}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/escalate-review": {
/**
 * Brings the review to somebody’s attention.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
to: string
reason: string
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/request-information": {
/**
 * Asks the customer for something that is missing or unclear.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
/**
 * @minItems 1
 * @maxItems 20
 */
items: {
requirement: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
reasonCode: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")
message: string
}[]
respondBy?: string
internalNote?: string
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/cancel-information-request": {
/**
 * Takes the questions back; the review goes on.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
reason: string
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/submit-information": {
/**
 * Answers every open question: with a text, evidence, or why it cannot be provided.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
/**
 * @minItems 1
 * @maxItems 40
 */
answers: {
requirement: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
text?: string
evidenceId?: string
cannotProvide?: string
}[]
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/record-customer-reply": {
/**
 * Records answers that the customer gave by e-mail, phone or ticket.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
/**
 * @minItems 1
 * @maxItems 40
 */
answers: {
requirement: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
text?: string
evidenceId?: string
cannotProvide?: string
}[]
via: ("email" | "phone" | "ticket")
reference?: string
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/expire-information-request": {
/**
 * The time to answer has run out.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {

}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/close-resubmission-window": {
/**
 * The time to request again has run out.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {

}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/waive-requirement": {
/**
 * Decides that a requirement need not be met in this review.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
requirement: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
reason: string
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/propose-approval": {
/**
 * Proposes approval to a second person.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
note?: string
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/withdraw-proposal": {
/**
 * Takes one’s own proposal back.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {

}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/approve-verification": {
/**
 * Verifies the account, wholly or within a scope.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
note?: string
scope?: {
/**
 * @minItems 1
 * @maxItems 5
 */
messageTypes?: ("transactional" | "lifecycle" | "newsletter" | "marketing" | "other")[]
/**
 * @minItems 1
 * @maxItems 5
 */
channelKinds?: ("email" | "sms" | "push" | "in_app" | "webhook")[]
limits?: {
[k: string]: number
}
}
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/reject-verification": {
/**
 * Refuses the request, with reasons for the customer.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
/**
 * @minItems 1
 * @maxItems 20
 */
reasons: {
code: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")
requirement?: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
customerMessage: string
}[]
retryable: boolean
resubmitUntil?: string
internalNote?: string
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/revoke-verification": {
/**
 * Takes a verification away, with reasons for the customer.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
/**
 * @minItems 1
 * @maxItems 20
 */
reasons: {
code: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")
requirement?: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
customerMessage: string
}[]
retryable: boolean
internalNote?: string
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/open-re-review": {
/**
 * Looks at a verified account again; it goes on sending meanwhile.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
/**
 * @minItems 1
 * @maxItems 20
 */
reasons: {
code: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")
requirement?: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
customerMessage: string
}[]
reviewBy?: string
internalNote?: string
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/confirm-verification": {
/**
 * Ends a re-review: the account stays verified.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
note?: string
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/submit-appeal": {
/**
 * Appeals against a rejection, a revocation or a suspension; once each.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
against: ("verification" | "suspension")
statement: string
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/dismiss-appeal": {
/**
 * Upholds a suspension against the appeal.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
/**
 * @minItems 1
 * @maxItems 20
 */
reasons: {
code: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")
requirement?: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
customerMessage: string
}[]
internalNote?: string
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/record-abuse-signal": {
/**
 * Something speaks against how the account sends.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
kind: ("complaints" | "bounces" | "spam_trap" | "report" | "credentials" | "volume")
rate?: number
window?: string
source: string
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/warn-account": {
/**
 * Warns the account; it goes on sending.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
/**
 * @minItems 1
 * @maxItems 20
 */
reasons: {
code: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")
requirement?: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
customerMessage: string
}[]
internalNote?: string
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/suspend-account": {
/**
 * Stops the account’s sending, whatever its verification.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
/**
 * @minItems 1
 * @maxItems 20
 */
reasons: {
code: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")
requirement?: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
customerMessage: string
}[]
internalNote?: string
holdUntil?: string
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/reinstate-account": {
/**
 * Ends a warning or a suspension.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
note: string
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/close-account": {
/**
 * Closes the account for ever.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
cause: ("customer" | "provider")
reason: string
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/grandfather-account": {
/**
 * Verifies an account that the provider already trusts, without a review.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
verifiedSince: string
basis: string
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/commands/record-notification": {
/**
 * What the customer was told, or could not be told.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"application/json": {
template: string
contact: string
outcome: ("sent" | "failed")
detail?: string
}
}
}
responses: {
200: {
content: {
"application/json": CommandAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/evidence": {
/**
 * Uploads a screenshot, a PDF or a text and attaches it to the account.
 */
post: {
parameters: {
path: {
accountId: string
}
header?: {
/**
 * Makes the command safe to repeat; made by the server when absent.
 */
"idempotency-key"?: string
/**
 * The revision that the sender decided on.
 */
"if-match"?: string
/**
 * For whom the product backend sends a customer’s command.
 */
"gatehouse-on-behalf-of"?: string
}
}
requestBody: {
content: {
"multipart/form-data": {
/**
 * Made from the sender and the Idempotency-Key when absent.
 */
evidenceId?: string
/**
 * What the file is to show.
 */
requirement?: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
file: string
}
}
}
responses: {
200: {
content: {
"application/json": UploadAnswer
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
/**
 * The account’s evidence, the oldest first, folded from its stream: never stale.
 */
get: {
parameters: {
path: {
accountId: string
}
query?: {
/**
 * Wait until the answer reflects this log position.
 */
after?: string
}
}
responses: {
200: {
content: {
"application/json": {
items: {
evidenceId: string
kind: ("screenshot" | "pdf" | "text")
fileName: string
mediaType: string
bytes: number
sha256: string
requirement: (("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other") | null)
attachedAt: string
attachedBy?: string
}[]
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/evidence/{evidenceId}": {
/**
 * The bytes of one piece of evidence, as a download.
 */
get: {
parameters: {
path: {
accountId: string
evidenceId: string
}
query?: {
/**
 * Wait until the answer reflects this log position.
 */
after?: string
}
}
responses: {
200: {
content: {
"application/octet-stream": string
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/domains": {
/**
 * The account’s sending domains, each with the DNS records to publish and what was found. Never stale.
 */
get: {
parameters: {
path: {
accountId: string
}
query?: {
/**
 * Wait until the answer reflects this log position.
 */
after?: string
}
}
responses: {
200: {
content: {
"application/json": {
accountId: string
revision: number
position: (string | null)
domains: Domain[]
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/domains/{domain}/check": {
/**
 * Looks at a domain’s DNS records now, and records what was found; at most once in ten seconds.
 */
post: {
parameters: {
path: {
accountId: string
/**
 * A host name.
 */
domain: string
}
}
responses: {
200: {
content: {
"application/json": {
accountId: string
revision: number
position: (string | null)
outcome: ("verified" | "failed" | "temporary_failure")
news: boolean
domain: Domain
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/reviews": {
/**
 * What waits for reviewers, the longest first.
 */
get: {
parameters: {
query?: {
/**
 * Wait until the answer reflects this log position.
 */
after?: string
state?: ("screening" | "pending_review" | "info_requested" | "re_review" | "re_review_info_requested" | "suspension_appeal")
/**
 * Assigned to this reviewer; `none`: to nobody.
 */
reviewer?: string
/**
 * Waiting for at least so many hours.
 */
waitingHours?: string
/**
 * Only those that were to be decided by now.
 */
overdue?: "true"
limit?: string
cursor?: string
}
}
responses: {
200: {
content: {
"application/json": {
items: Review[]
next: (string | null)
position: (string | null)
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/reviews/{accountId}": {
/**
 * All that a reviewer needs to decide about one account.
 */
get: {
parameters: {
path: {
accountId: string
}
query?: {
/**
 * Wait until the answer reflects this log position.
 */
after?: string
}
}
responses: {
200: {
content: {
"application/json": ReviewPage
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/review-templates": {
/**
 * Questions to the customer by reason code, as the policy in force has them.
 */
get: {
parameters: {

}
responses: {
200: {
content: {
"application/json": {
policyVersion: string
items: {
reasonCode: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")
requirement: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
message: string
}[]
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/review-lines": {
/**
 * The review queue in short lines, the longest waiting first.
 */
get: {
parameters: {
query?: {
/**
 * Wait until the answer reflects this log position.
 */
after?: string
state?: ("screening" | "pending_review" | "info_requested" | "re_review" | "re_review_info_requested" | "suspension_appeal")
/**
 * Assigned to this reviewer; `none`: to nobody.
 */
reviewer?: string
/**
 * Waiting for at least so many hours.
 */
waitingHours?: string
/**
 * Only those that were to be decided by now.
 */
overdue?: "true"
/**
 * Lines of a page; 50 unless given.
 */
limit?: string
cursor?: string
/**
 * In place of filters: the lines of these accounts, whether they wait or not. Up to 100 ids with commas between.
 */
accounts?: string
}
}
responses: {
200: {
content: {
"application/json": {
items: ReviewLine[]
next: (string | null)
position: (string | null)
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/review-counts": {
/**
 * How many reviews wait: in all, with the asker, with nobody, overdue, and in each state.
 */
get: {
parameters: {
query?: {
/**
 * Wait until the answer reflects this log position.
 */
after?: string
}
}
responses: {
200: {
content: {
"application/json": ReviewCounts
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/reviews/{accountId}/mail-preview": {
/**
 * The mails that a command would lead to if it came now. Nothing is recorded or sent.
 */
post: {
parameters: {
path: {
accountId: string
}
}
requestBody: {
content: {
"application/json": ({
command: "RequestInformation"
data: {
/**
 * @minItems 1
 * @maxItems 20
 */
items: {
requirement: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
reasonCode: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")
message: string
}[]
respondBy?: string
internalNote?: string
}
} | {
command: "ApproveVerification"
data: {
note?: string
scope?: {
/**
 * @minItems 1
 * @maxItems 5
 */
messageTypes?: ("transactional" | "lifecycle" | "newsletter" | "marketing" | "other")[]
/**
 * @minItems 1
 * @maxItems 5
 */
channelKinds?: ("email" | "sms" | "push" | "in_app" | "webhook")[]
limits?: {
[k: string]: number
}
}
}
} | {
command: "RejectVerification"
data: {
/**
 * @minItems 1
 * @maxItems 20
 */
reasons: {
code: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")
requirement?: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
customerMessage: string
}[]
retryable: boolean
resubmitUntil?: string
internalNote?: string
}
} | {
command: "RevokeVerification"
data: {
/**
 * @minItems 1
 * @maxItems 20
 */
reasons: {
code: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")
requirement?: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
customerMessage: string
}[]
retryable: boolean
internalNote?: string
}
} | {
command: "WarnAccount"
data: {
/**
 * @minItems 1
 * @maxItems 20
 */
reasons: {
code: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")
requirement?: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
customerMessage: string
}[]
internalNote?: string
}
} | {
command: "SuspendAccount"
data: {
/**
 * @minItems 1
 * @maxItems 20
 */
reasons: {
code: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")
requirement?: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
customerMessage: string
}[]
internalNote?: string
holdUntil?: string
}
})
}
}
responses: {
200: {
content: {
"application/json": MailPreview
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/linked": {
/**
 * Accounts with the same website, sending domain, mail domain or address; suspended and refused ones first.
 */
get: {
parameters: {
path: {
accountId: string
}
query?: {
/**
 * Wait until the answer reflects this log position.
 */
after?: string
}
}
responses: {
200: {
content: {
"application/json": LinkedAccounts
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/policies": {
/**
 * The policies that were published, oldest first; the last one is in force.
 */
get: {
parameters: {

}
responses: {
200: {
content: {
"application/json": {
items: PolicySummary[]
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
/**
 * Puts a policy in force for every decision from now on. A version names one content for ever.
 */
post: {
parameters: {
header?: {
/**
 * The version that the publisher takes to be in force; 412 when another one is.
 */
"if-match"?: string
}
}
requestBody: {
content: {
"application/json": {
version: string
request: {
ask: ("audience" | "message_types" | "subscription_process")[]
screenWithinMinutes: number
}
review: {
secondPerson: boolean
secondPersonForAutomatic?: boolean
decideWithinWorkingHours?: number
workingHours?: {
timeZone: string
/**
 * @minItems 1
 * @maxItems 7
 */
days: number[]
from: string
to: string
/**
 * @maxItems 400
 */
holidays: string[]
}
escalateTo?: string
}
information: {
respondWithinDays: number
/**
 * @maxItems 10
 */
remindBeforeDays?: number[]
}
rejection: {
resubmitWithinDays: number
}
domains: {
lapseAfterFailures: number
lapseAfterHours: number
checkEveryMinutes?: number
recheckEveryHours?: number
provider?: {
spfInclude?: string
returnPath?: {
label: string
target: string
}
}
}
screening?: {
automaticApproval: boolean
toReview: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")[]
checkWithinSeconds: number
domainBlocklists: string[]
freeMailDomains: string[]
}
reReview?: {
on: ("website" | "message_types" | "domain" | "channel_kind")[]
reviewWithinDays: number
}
abuse?: {
/**
 * @maxItems 50
 */
thresholds: {
kind: ("complaints" | "bounces" | "spam_trap" | "report" | "credentials" | "volume")
rateAtLeast?: number
consequence: ("warn" | "re_review" | "suspend")
reasonCode: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")
customerMessage: string
}[]
}
mail?: {
recipients: {
/**
 * @maxItems 3
 */
[k: string]: ("owner" | "technical" | "requester")[]
}
}
testSends: {
recipients: "own"
perDay: number
}
questions: {
[k: string]: {
requirement: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
message: string
}
}
}
}
}
responses: {
200: {
content: {
"application/json": {
version: string
hash: string
publishedAt: string
publishedBy: {
type: ("product" | "customer" | "reviewer" | "auditor" | "analyst" | "system" | "admin")
id: string
}
position: string
inForce: boolean
document: {
version: string
[k: string]: unknown
}
changes: {
pointer: string
text: string
}[]
}
}
}
201: {
content: {
"application/json": {
version: string
hash: string
publishedAt: string
publishedBy: {
type: ("product" | "customer" | "reviewer" | "auditor" | "analyst" | "system" | "admin")
id: string
}
position: string
inForce: boolean
document: {
version: string
[k: string]: unknown
}
changes: {
pointer: string
text: string
}[]
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/policies/{version}": {
/**
 * One policy with its document.
 */
get: {
parameters: {
path: {
version: string
}
}
responses: {
200: {
content: {
"application/json": {
version: string
hash: string
publishedAt: string
publishedBy: {
type: ("product" | "customer" | "reviewer" | "auditor" | "analyst" | "system" | "admin")
id: string
}
position: string
inForce: boolean
document: {
version: string
[k: string]: unknown
}
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/policies/check": {
/**
 * Whether a policy could be published, what is wrong with it, and what it would change. Nothing is published.
 */
post: {
parameters: {

}
requestBody: {
content: {
/**
 * A policy document, or what is to become one.
 */
"application/json": {
[k: string]: unknown
}
}
}
responses: {
200: {
content: {
"application/json": {
valid: boolean
problems: {
severity: ("error" | "warning")
pointer: string
problem: string
remedy: string
}[]
changes: {
pointer: string
text: string
}[]
inForce: string
/**
 * A policy with another content has this version.
 */
versionTaken: boolean
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/gate/changes": {
/**
 * The gate of every account as server-sent events: all that there are, then each change, resumed without gaps. Messages: `settings` (mode and policy), `gate` (one account, all that its answers follow from), `snapshot-end` and `at` (everything up to `position` was sent, as of `time`; every two seconds), `reset` (forget everything: what follows is sent from the beginning). A reader that has had neither of the two marks for some seconds knows nothing.
 */
get: {
parameters: {
query?: {
/**
 * As `Last-Event-ID`, for readers that cannot set headers.
 */
after?: string
}
header?: {
/**
 * The `id` of the last message: goes on after it.
 */
"last-event-id"?: string
}
}
responses: {
200: {
content: {
"text/event-stream": string
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/events": {
/**
 * Events as stored, one JSON document a line, in log order; resumed with `after`.
 */
get: {
parameters: {
query?: {
/**
 * Events after this position: the last one that was read.
 */
after?: string
/**
 * Only these types, separated by commas.
 */
types?: string
limit?: string
/**
 * `true`: go on with new events until the reader ends it.
 */
follow?: ("true" | "false")
}
}
responses: {
200: {
content: {
"application/x-ndjson": string
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/transitions": {
/**
 * What happened to accounts, in log order: who moved what, by which command, from where to where, and why.
 */
get: {
parameters: {
query?: {
/**
 * Wait until the answer reflects this log position.
 */
after?: string
account?: string
/**
 * Who acted, by id.
 */
actor?: string
actorType?: ("product" | "customer" | "reviewer" | "auditor" | "analyst" | "system" | "admin")
/**
 * The command that led to it: `ApproveVerification` or `approve-verification`.
 */
command?: ("SignUp" | "sign-up" | "UpdateContacts" | "update-contacts" | "UpdateBusinessProfile" | "update-business-profile" | "RecordPeopleAdded" | "record-people-added" | "RecordEventsReceived" | "record-events-received" | "ConfigureChannel" | "configure-channel" | "RemoveChannel" | "remove-channel" | "AddDomain" | "add-domain" | "RemoveDomain" | "remove-domain" | "RecordDomainCheck" | "record-domain-check" | "RecordMessageCreated" | "record-message-created" | "AttachEvidence" | "attach-evidence" | "RequestVerification" | "request-verification" | "WithdrawVerification" | "withdraw-verification" | "CompleteScreening" | "complete-screening" | "SkipScreening" | "skip-screening" | "AssignReview" | "assign-review" | "ReleaseReview" | "release-review" | "EscalateReview" | "escalate-review" | "RequestInformation" | "request-information" | "CancelInformationRequest" | "cancel-information-request" | "SubmitInformation" | "submit-information" | "RecordCustomerReply" | "record-customer-reply" | "ExpireInformationRequest" | "expire-information-request" | "CloseResubmissionWindow" | "close-resubmission-window" | "WaiveRequirement" | "waive-requirement" | "ProposeApproval" | "propose-approval" | "WithdrawProposal" | "withdraw-proposal" | "ApproveVerification" | "approve-verification" | "RejectVerification" | "reject-verification" | "RevokeVerification" | "revoke-verification" | "OpenReReview" | "open-re-review" | "ConfirmVerification" | "confirm-verification" | "SubmitAppeal" | "submit-appeal" | "DismissAppeal" | "dismiss-appeal" | "RecordAbuseSignal" | "record-abuse-signal" | "WarnAccount" | "warn-account" | "SuspendAccount" | "suspend-account" | "ReinstateAccount" | "reinstate-account" | "CloseAccount" | "close-account" | "GrandfatherAccount" | "grandfather-account" | "RecordNotification" | "record-notification")
commandId?: string
/**
 * The type of the event.
 */
type?: ("AccountSignedUp" | "ContactsUpdated" | "BusinessProfileUpdated" | "PeopleAdded" | "EventsReceived" | "ChannelConfigured" | "ChannelRemoved" | "DomainAdded" | "DomainRemoved" | "DomainVerified" | "DomainCheckFailed" | "DomainLapsed" | "MessageCreated" | "EvidenceAttached" | "VerificationRequested" | "VerificationWithdrawn" | "ScreeningCompleted" | "ScreeningSkipped" | "ReviewAssigned" | "ReviewReleased" | "ReviewEscalated" | "InformationRequested" | "InformationSubmitted" | "InformationRequestCancelled" | "InformationRequestExpired" | "RequirementWaived" | "ApprovalProposed" | "ProposalWithdrawn" | "VerificationApproved" | "VerificationRejected" | "VerificationRevoked" | "VerificationGrandfathered" | "ResubmissionWindowClosed" | "ReReviewOpened" | "VerificationConfirmed" | "AppealSubmitted" | "AppealDismissed" | "AbuseSignalRecorded" | "AccountWarned" | "AccountSuspended" | "AccountReinstated" | "AccountClosed" | "NotificationSent" | "NotificationFailed")
/**
 * The verification state that it led to or left; moves within a state are not meant.
 */
state?: ("none" | "notRequested" | "screening" | "pendingReview" | "infoRequested" | "verified" | "rejected" | "revoked" | "expired" | "ended")
/**
 * The verification state that it left.
 */
fromState?: ("none" | "notRequested" | "screening" | "pendingReview" | "infoRequested" | "verified" | "rejected" | "revoked" | "expired" | "ended")
/**
 * The verification state that it led to.
 */
toState?: ("none" | "notRequested" | "screening" | "pendingReview" | "infoRequested" | "verified" | "rejected" | "revoked" | "expired" | "ended")
/**
 * The standing that it led to.
 */
standing?: ("none" | "good" | "warned" | "suspended" | "closed")
/**
 * A reason code of the decision, of a question that was asked, or of what screening found to fail.
 */
reason?: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")
/**
 * Happened then or later (`occurredAt`).
 */
since?: string
/**
 * Happened before then (`occurredAt`).
 */
until?: string
/**
 * Only events that changed the state of the chart.
 */
changed?: "true"
/**
 * In log order, or the latest first.
 */
order?: ("asc" | "desc")
/**
 * Items of a page; 100 unless given.
 */
limit?: string
cursor?: string
}
}
responses: {
200: {
content: {
"application/json": {
items: Transition[]
next: (string | null)
position: (string | null)
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/checkpoints": {
/**
 * The signed checkpoints of the log, the newest first, and what came since; read, not verified.
 */
get: {
parameters: {
query?: {
/**
 * Checkpoints of a page; 50 unless given.
 */
limit?: string
cursor?: string
}
}
responses: {
200: {
content: {
"application/json": {
items: Checkpoint[]
next: (string | null)
/**
 * How often the process takes one.
 */
everyMinutes: number
process: {
/**
 * False: GATEHOUSE_PROCESSES leaves it to another node, or to none.
 */
runsHere: boolean
state: ("ok" | "failing" | "not_here")
/**
 * How often it failed in a row.
 */
failures: number
/**
 * What the last failure said.
 */
error: (string | null)
}
/**
 * The position of the last event of the log.
 */
head: (string | null)
/**
 * Events after the newest checkpoint that can be read: nothing vouches for them yet.
 */
since: {
events: number
/**
 * There may be more.
 */
atLeast: boolean
}
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
/**
 * Takes a checkpoint now, as `gatehouse audit checkpoint` does; the process takes them on a schedule.
 */
post: {
parameters: {

}
requestBody: {
content: {
"application/json": {

}
}
}
responses: {
200: {
content: {
"application/json": {
kind: ("taken" | "unchanged")
number: number
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/bundle": {
/**
 * One file that proves an account’s events to an outside auditor: as `gatehouse audit bundle` makes it.
 */
get: {
parameters: {
path: {
accountId: string
}
query?: {
/**
 * As of this checkpoint; the newest one unless given.
 */
checkpoint?: string
}
}
responses: {
200: {
content: {
"application/json": {
format: string
account: string
checkpoint: {
[k: string]: unknown
}
publicKey: string
events: {
[k: string]: unknown
}[]
policies: {
[k: string]: unknown
}[]
uncovered: number
[k: string]: unknown
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/verifications": {
/**
 * Verifies every event, the chart and the checkpoints, as `gatehouse audit verify` does; in the background.
 */
post: {
parameters: {

}
requestBody: {
content: {
"application/json": {

}
}
}
responses: {
202: {
content: {
"application/json": {
id: string
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
/**
 * The last verifications of this node, the newest first; kept in memory, until the service stops.
 */
get: {
parameters: {

}
responses: {
200: {
content: {
"application/json": {
items: Verification[]
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/verifications/{verificationId}": {
/**
 * How far a verification is, and what it found.
 */
get: {
parameters: {
path: {
verificationId: string
}
}
responses: {
200: {
content: {
"application/json": Verification
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
/**
 * Cancels a verification that is running; what it has found so far is kept.
 */
delete: {
parameters: {
path: {
verificationId: string
}
}
responses: {
200: {
content: {
"application/json": Verification
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/analytics/funnel": {
/**
 * How many accounts came to each step on the way to being verified, and how long it took them.
 */
get: {
parameters: {
query?: {
/**
 * Wait until the answer reflects this log position.
 */
after?: string
/**
 * From this date and time on.
 */
from?: string
/**
 * Before this date and time.
 */
to?: string
}
}
responses: {
200: {
content: {
"application/json": {
steps: {
step: ("signed_up" | "people_added" | "events_received" | "channel_configured" | "message_created" | "requested" | "screened" | "decided" | "verified")
accounts: number
fromPrevious: (TimeSummary | null)
fromSignUp: (TimeSummary | null)
}[]
totals: {
signups: number
requests: number
informationRequests: number
withdrawals: number
approvals: number
rejections: number
revocations: number
expiries: number
grandfatherings: number
warnings: number
suspensions: number
reinstatements: number
appeals: number
closures: number
}
from: (string | null)
to: (string | null)
position: (string | null)
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/analytics/time-in-state": {
/**
 * How long accounts stay in each state of verification and standing.
 */
get: {
parameters: {
query?: {
/**
 * Wait until the answer reflects this log position.
 */
after?: string
/**
 * From this date and time on.
 */
from?: string
/**
 * Before this date and time.
 */
to?: string
}
}
responses: {
200: {
content: {
"application/json": {
verification: {
state: string
stays: TimeSummary
now: number
}[]
standing: {
state: string
stays: TimeSummary
now: number
}[]
from: (string | null)
to: (string | null)
position: (string | null)
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/analytics/questions": {
/**
 * Rounds of questions to customers: how many a request takes, for what, how they end, and how long answers take.
 */
get: {
parameters: {
query?: {
/**
 * Wait until the answer reflects this log position.
 */
after?: string
/**
 * From this date and time on.
 */
from?: string
/**
 * Before this date and time.
 */
to?: string
}
}
responses: {
200: {
content: {
"application/json": {
roundsOfRequests: {
rounds: number
requests: number
}[]
asked: number
byScreening: number
byPerson: number
outsideRequests: number
ended: {
answered: number
cancelled: number
expired: number
withdrawn: number
rejected: number
revoked: number
confirmed: number
closed: number
open: number
}
timeToAnswer: TimeSummary
askedFor: {
requirement: string
reasonCode: string
asked: number
ended: {
[k: string]: number
}
timeToAnswer: TimeSummary
}[]
from: (string | null)
to: (string | null)
position: (string | null)
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/analytics/decisions": {
/**
 * Decisions by kind, reason, policy and reviewer, and how long after the request.
 */
get: {
parameters: {
query?: {
/**
 * Wait until the answer reflects this log position.
 */
after?: string
/**
 * From this date and time on.
 */
from?: string
/**
 * Before this date and time.
 */
to?: string
}
}
responses: {
200: {
content: {
"application/json": {
kinds: {
kind: ("approved" | "rejected" | "revoked" | "confirmed" | "grandfathered" | "warned" | "suspended" | "reinstated" | "appeal_dismissed")
byPerson: number
automatic: number
decisions: number
kinds: {
[k: string]: number
}
fromRequest: TimeSummary
withDeadline: number
late: number
}[]
reasons: {
kind: ("approved" | "rejected" | "revoked" | "confirmed" | "grandfathered" | "warned" | "suspended" | "reinstated" | "appeal_dismissed")
reasonCode: string
decisions: number
}[]
policies: {
policyVersion: (string | null)
decisions: number
kinds: {
[k: string]: number
}
fromRequest: TimeSummary
withDeadline: number
late: number
}[]
reviewers: {
reviewer: string
decisions: number
kinds: {
[k: string]: number
}
fromRequest: TimeSummary
withDeadline: number
late: number
}[]
automatic: {
decisions: number
kinds: {
[k: string]: number
}
fromRequest: TimeSummary
withDeadline: number
late: number
}
from: (string | null)
to: (string | null)
position: (string | null)
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/analytics/weeks": {
/**
 * What happened in each week (ISO 8601, UTC).
 */
get: {
parameters: {
query?: {
/**
 * Wait until the answer reflects this log position.
 */
after?: string
/**
 * From this date and time on.
 */
from?: string
/**
 * Before this date and time.
 */
to?: string
}
}
responses: {
200: {
content: {
"application/json": {
weeks: {
week: string
from: string
signups: number
requests: number
approvals: number
rejections: number
questions: number
byPerson: number
automatic: number
late: number
}[]
from: (string | null)
to: (string | null)
position: (string | null)
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/analytics/workload": {
/**
 * What is under review now: by state and by reviewer, how much waits, how much is overdue, and since when.
 */
get: {
parameters: {
query?: {
/**
 * Wait until the answer reflects this log position.
 */
after?: string
}
}
responses: {
200: {
content: {
"application/json": {
/**
 * The present, as of which something is overdue.
 */
at: string
waiting: number
overdue: number
/**
 * Since when the one waits that has waited longest.
 */
longestSince: (string | null)
states: {
state: ("screening" | "pending_review" | "info_requested" | "re_review" | "re_review_info_requested" | "suspension_appeal")
waiting: number
overdue: number
/**
 * Since when the one waits that has waited longest.
 */
longestSince: (string | null)
}[]
reviewers: {
reviewer: (string | null)
waiting: number
overdue: number
/**
 * Since when the one waits that has waited longest.
 */
longestSince: (string | null)
}[]
position: (string | null)
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/backtests": {
/**
 * Decides the requests of the log again by another policy; no check runs again.
 */
post: {
parameters: {

}
requestBody: {
content: {
"application/json": {
/**
 * The candidate. Its version is only a name here.
 */
policy?: {
version: string
request: {
ask: ("audience" | "message_types" | "subscription_process")[]
screenWithinMinutes: number
}
review: {
secondPerson: boolean
secondPersonForAutomatic?: boolean
decideWithinWorkingHours?: number
workingHours?: {
timeZone: string
/**
 * @minItems 1
 * @maxItems 7
 */
days: number[]
from: string
to: string
/**
 * @maxItems 400
 */
holidays: string[]
}
escalateTo?: string
}
information: {
respondWithinDays: number
/**
 * @maxItems 10
 */
remindBeforeDays?: number[]
}
rejection: {
resubmitWithinDays: number
}
domains: {
lapseAfterFailures: number
lapseAfterHours: number
checkEveryMinutes?: number
recheckEveryHours?: number
provider?: {
spfInclude?: string
returnPath?: {
label: string
target: string
}
}
}
screening?: {
automaticApproval: boolean
toReview: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")[]
checkWithinSeconds: number
domainBlocklists: string[]
freeMailDomains: string[]
}
reReview?: {
on: ("website" | "message_types" | "domain" | "channel_kind")[]
reviewWithinDays: number
}
abuse?: {
/**
 * @maxItems 50
 */
thresholds: {
kind: ("complaints" | "bounces" | "spam_trap" | "report" | "credentials" | "volume")
rateAtLeast?: number
consequence: ("warn" | "re_review" | "suspend")
reasonCode: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")
customerMessage: string
}[]
}
mail?: {
recipients: {
/**
 * @maxItems 3
 */
[k: string]: ("owner" | "technical" | "requester")[]
}
}
testSends: {
recipients: "own"
perDay: number
}
questions: {
[k: string]: {
requirement: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
message: string
}
}
}
/**
 * In place of `policy`: the version of a published one.
 */
policyVersion?: string
/**
 * Requests made at this date and time or later.
 */
since?: string
/**
 * Requests made before this date and time.
 */
until?: string
}
}
}
responses: {
202: {
content: {
"application/json": {
id: string
state: ("waiting" | "running" | "finished" | "cancelled" | "interrupted" | "failed")
policyVersion: string
since: (string | null)
until: (string | null)
startedBy: {
type: ("product" | "customer" | "reviewer" | "auditor" | "analyst" | "system" | "admin")
id: string
}
createdAt: string
startedAt: (string | null)
finishedAt: (string | null)
/**
 * Events gone through; requests where `total` is null.
 */
done: number
/**
 * Events to go through; null where positions do not count events.
 */
total: (number | null)
/**
 * Requests decided again so far.
 */
requests: number
/**
 * Those that differ: all of them.
 */
differing: number
/**
 * Those that differ and can be looked at: the first ones, in the order of the log.
 */
kept: number
error: (string | null)
policy: {
version: string
[k: string]: unknown
}
/**
 * Null while it is not over.
 */
result: (BacktestResult | null)
warnings: {
severity: ("error" | "warning")
pointer: string
problem: string
remedy: string
}[]
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
/**
 * The latest backtests of this node, the newest first. A few are kept.
 */
get: {
parameters: {

}
responses: {
200: {
content: {
"application/json": {
items: BacktestRunSummary[]
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/backtests/{backtestId}": {
/**
 * One backtest: how far it came, and what it found once it is over.
 */
get: {
parameters: {
path: {
backtestId: string
}
}
responses: {
200: {
content: {
"application/json": BacktestRun
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
/**
 * Ends a backtest that is under way, and keeps what it has found; forgets one that is over.
 */
delete: {
parameters: {
path: {
backtestId: string
}
query?: {
/**
 * Only end it: one that is over meanwhile stays as it is, and is not forgotten.
 */
keep?: "true"
}
}
responses: {
200: {
content: {
"application/json": BacktestRun
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/backtests/{backtestId}/differences": {
/**
 * The requests that the candidate decides otherwise, in the order of the log.
 */
get: {
parameters: {
path: {
backtestId: string
}
query?: {
/**
 * Only where screening led to this.
 */
was?: ("approved" | "asked" | "review")
/**
 * Only where the candidate’s screening leads to this.
 */
becomes?: ("approved" | "asked" | "review")
/**
 * Only where it refuses a person’s approval.
 */
approval?: "refused"
/**
 * Requests of a page; 100 unless given.
 */
limit?: string
cursor?: string
}
}
responses: {
200: {
content: {
"application/json": {
items: BacktestDifference[]
next: (string | null)
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/exports/{what}": {
/**
 * Events of accounts, or only those that moved the chart, as a file. Each export is itself recorded.
 */
get: {
parameters: {
path: {
what: ("events" | "transitions")
}
query: {
format: ("ndjson" | "csv" | "parquet" | "xes")
/**
 * Events that happened at this instant or later.
 */
from?: string
/**
 * Events that happened before this instant.
 */
to?: string
/**
 * Only these types, separated by commas.
 */
types?: string
accountId?: string
/**
 * `true`: with personal data, for auditor and admin; `reason` is then required.
 */
personalData?: ("true" | "false")
/**
 * Why personal data is needed; it is recorded.
 */
reason?: string
/**
 * Goes on after the row with this `position`, without a header: of NDJSON and CSV, with the same parameters and `upTo`.
 */
after?: string
/**
 * The last position of the log that is covered; its end as it is now, unless given.
 */
upTo?: string
}
}
responses: {
200: {
content: {
"application/octet-stream": string
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/exports": {
/**
 * Who exported what and when, the latest first; one that is under way, or was killed, is `unfinished`.
 */
get: {
parameters: {
query?: {
/**
 * Exports of a page; 100 unless given.
 */
limit?: string
cursor?: string
}
}
responses: {
200: {
content: {
"application/json": {
items: {
exportId: string
what: ("events" | "transitions")
format: ("ndjson" | "csv" | "parquet" | "xes")
personalData: boolean
via: ("cli" | "http")
state: ("unfinished" | "completed" | "stopped" | "failed")
actor: {
type: string
id: string
}
startedAt: string
endedAt: (string | null)
rows: (number | null)
bytes: (number | null)
sha256: (string | null)
why: (string | null)
[k: string]: unknown
}[]
next: (string | null)
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
/**
 * Records what became of an export that the command line makes beside the service.
 */
post: {
parameters: {

}
requestBody: {
content: {
"application/json": ({
type: "ExportStarted"
data: {
exportId: string
what: ("events" | "transitions")
format: ("ndjson" | "csv" | "parquet" | "xes")
from?: string
to?: string
/**
 * @maxItems 200
 */
types?: string[]
accountId?: string
personalData: boolean
reason?: string
via: "cli"
upTo?: string
after?: string
}
} | {
type: "ExportResumed"
data: {
exportId: string
rows: number
bytes: number
}
} | {
type: "ExportCompleted"
data: {
exportId: string
rows: number
bytes: number
sha256: string
}
} | {
type: "ExportStopped"
data: {
exportId: string
rows: number
bytes: number
why: ("interrupted" | "reader_gone" | "service_stopping")
}
} | {
type: "ExportFailed"
data: {
exportId: string
rows: number
bytes: number
why: string
}
})
}
}
responses: {
201: {
content: {
"application/json": {
position: string
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/webhooks/deliveries": {
/**
 * Webhooks and what became of them, the newest first.
 */
get: {
parameters: {
query?: {
/**
 * Only this account’s.
 */
account?: string
state?: ("waiting" | "delivered" | "given_up")
limit?: string
cursor?: string
}
}
responses: {
200: {
content: {
"application/json": {
configured: boolean
items: WebhookDelivery[]
next: (string | null)
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/webhooks/deliveries/{deliveryId}/replay": {
/**
 * Sends a webhook once more, under the same `webhook-id`, whatever became of it.
 */
post: {
parameters: {
path: {
deliveryId: string
}
}
responses: {
202: {
content: {
"application/json": {
id: string
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/projections": {
/**
 * Each read model: its state, its position, and the progress of a rebuild.
 */
get: {
parameters: {

}
responses: {
200: {
content: {
"application/json": {
head: (string | null)
items: {
projection: string
state: ("starting" | "live" | "failed")
checkpoint: (string | null)
error: (string | null)
/**
 * How many events a rebuild has read, and how far it is.
 */
rebuilding: ({
events: number
position?: string
} | null)
/**
 * How many events the last rebuild read.
 */
rebuiltFrom: (number | null)
/**
 * How long it has been behind the log; 0 while it reflects the head.
 */
lagSeconds: number
[k: string]: unknown
}[]
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/projections/{projection}/rebuild": {
/**
 * Rebuilds a read model from the log; the old rows serve meanwhile. Its progress is in the list.
 */
post: {
parameters: {
path: {
projection: string
}
}
requestBody: {
content: {
"application/json": {

}
}
}
responses: {
202: {
content: {
"application/json": {
projection: string
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/processes": {
/**
 * Each process: whether it runs on this node, how it fares, what waits for it, how much it has parked.
 */
get: {
parameters: {

}
responses: {
200: {
content: {
"application/json": {
items: Process[]
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/processes/{process}/parked": {
/**
 * The events that a process has set aside because their effect failed again and again, the oldest first.
 */
get: {
parameters: {
path: {
process: string
}
}
responses: {
200: {
content: {
"application/json": {
items: ParkedEvent[]
more: boolean
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/processes/{process}/replay": {
/**
 * Lets a process try once more what it has parked: wherever it runs.
 */
post: {
parameters: {
path: {
process: string
}
}
requestBody: {
content: {
"application/json": {

}
}
}
responses: {
202: {
content: {
"application/json": {
process: string
replayed: number
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/mails": {
/**
 * Mails to customers: those that wait in this node’s outbox, then those sent or failed, the newest first.
 */
get: {
parameters: {
query?: {
/**
 * Only this account’s.
 */
account?: string
state?: ("waiting" | "sent" | "failed")
/**
 * Mails of a page; 100 unless given.
 */
limit?: string
cursor?: string
}
}
responses: {
200: {
content: {
"application/json": {
items: Mail[]
next: (string | null)
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/store": {
/**
 * The event store of this node, its versions, and the settings that matter, none of them secret.
 */
get: {
parameters: {

}
responses: {
200: {
content: {
"application/json": {
kind: ("embedded" | "eventStoreDb")
/**
 * The file, or scheme and hosts; never a user or a password.
 */
described: string
/**
 * The position of the last event.
 */
head: (string | null)
/**
 * Its size on disk; null where it is not on this node.
 */
bytes: (number | null)
/**
 * How often a subscription was dropped and taken up again since the start, and why the last time.
 */
drops: {
count: number
last: (string | null)
}
versions: {
product: string
/**
 * Of the statechart, as events name it.
 */
machine: number
node: string
}
instance: string
startedAt: string
uptimeSeconds: number
gateMode: ("enforce" | "observe")
settings: {
[k: string]: string | number
}
}
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
"/v1/accounts/{accountId}/gate": {
/**
 * Whether the account may do something now, and why. Always a decision; an unknown account is denied.
 */
get: {
parameters: {
path: {
accountId: string
}
query: {
action: ("campaign.start" | "campaign.resume" | "broadcast.start" | "broadcast.schedule" | "draft.queue" | "message.send" | "message.send_test" | "people.write" | "events.write" | "segment.create" | "campaign.author" | "broadcast.author" | "message.author" | "message.preview")
channelId?: string
messageType?: ("transactional" | "lifecycle" | "newsletter" | "marketing" | "other")
after?: string
}
}
responses: {
200: {
content: {
"application/json": GateDecision
}
}
default: {
content: {
"application/problem+json": Problem
}
}
}
}
}
}
export interface Account {
accountId: string
revision: number
position: (string | null)
status: (("not_requested" | "in_review" | "info_requested" | "verified" | "rejected" | "revoked" | "expired" | "closed") | null)
standing: string
state?: (string | {
[k: string]: unknown
})
allowedCommands: ("SignUp" | "UpdateContacts" | "UpdateBusinessProfile" | "RecordPeopleAdded" | "RecordEventsReceived" | "ConfigureChannel" | "RemoveChannel" | "AddDomain" | "RemoveDomain" | "RecordDomainCheck" | "RecordMessageCreated" | "AttachEvidence" | "RequestVerification" | "WithdrawVerification" | "CompleteScreening" | "SkipScreening" | "AssignReview" | "ReleaseReview" | "EscalateReview" | "RequestInformation" | "CancelInformationRequest" | "SubmitInformation" | "RecordCustomerReply" | "ExpireInformationRequest" | "CloseResubmissionWindow" | "WaiveRequirement" | "ProposeApproval" | "WithdrawProposal" | "ApproveVerification" | "RejectVerification" | "RevokeVerification" | "OpenReReview" | "ConfirmVerification" | "SubmitAppeal" | "DismissAppeal" | "RecordAbuseSignal" | "WarnAccount" | "SuspendAccount" | "ReinstateAccount" | "CloseAccount" | "GrandfatherAccount" | "RecordNotification")[]
profile: {
[k: string]: unknown
}
channels: {
channelId: string
kind: ("email" | "sms" | "push" | "in_app" | "webhook")
[k: string]: unknown
}[]
domains: {
domain: string
state: string
[k: string]: unknown
}[]
[k: string]: unknown
}
/**
 * RFC 9457. `code` is for programs; `accountStatus` is the account’s status.
 */
export interface Problem {
type: string
title: string
status: number
detail: string
code: string
requestId?: string
errors?: {
in: string
pointer: string
detail: string
}[]
accountStatus?: (("not_requested" | "in_review" | "info_requested" | "verified" | "rejected" | "revoked" | "expired" | "closed") | null)
allowedCommands?: ("SignUp" | "UpdateContacts" | "UpdateBusinessProfile" | "RecordPeopleAdded" | "RecordEventsReceived" | "ConfigureChannel" | "RemoveChannel" | "AddDomain" | "RemoveDomain" | "RecordDomainCheck" | "RecordMessageCreated" | "AttachEvidence" | "RequestVerification" | "WithdrawVerification" | "CompleteScreening" | "SkipScreening" | "AssignReview" | "ReleaseReview" | "EscalateReview" | "RequestInformation" | "CancelInformationRequest" | "SubmitInformation" | "RecordCustomerReply" | "ExpireInformationRequest" | "CloseResubmissionWindow" | "WaiveRequirement" | "ProposeApproval" | "WithdrawProposal" | "ApproveVerification" | "RejectVerification" | "RevokeVerification" | "OpenReReview" | "ConfirmVerification" | "SubmitAppeal" | "DismissAppeal" | "RecordAbuseSignal" | "WarnAccount" | "SuspendAccount" | "ReinstateAccount" | "CloseAccount" | "GrandfatherAccount" | "RecordNotification")[]
missing?: {
requirement: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
awaitingActionFrom: ("customer" | "reviewer" | "system")
}[]
[k: string]: unknown
}
export interface PresentSetupGuide {
accountId: string
status: ("not_requested" | "in_review" | "info_requested" | "verified" | "rejected" | "revoked" | "expired" | "closed")
steps: {
id: string
title: string
state: ("done" | "next" | "later" | "waiting")
next: (string | null)
link: string
}[]
notices: {
kind: string
tone: string
title: string
text: string
appeal?: ("possible" | "under_review" | "answered")
}[]
questions: {
requirement: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
reasonCode: string
message: string
}[]
reasons: {
code: string
message: string
[k: string]: unknown
}[]
respondBy: (string | null)
canDo: ("request_again" | "appeal" | "answer_questions" | "request_verification")[]
canAppeal: ("verification" | "suspension")[]
resubmitUntil: (string | null)
missing: {
requirement: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
awaitingActionFrom: ("customer" | "reviewer" | "system")
}[]
profile: {
website?: string
technicalContact?: {
name: string
email: string
}
useCase?: string
audience?: string
/**
 * @minItems 1
 * @maxItems 5
 */
messageTypes?: ("transactional" | "lifecycle" | "newsletter" | "marketing" | "other")[]
subscriptionProcess?: string
[k: string]: unknown
}
domains: Domain[]
revision: number
position: string
evidence: {
/**
 * The largest file, in bytes.
 */
mostBytes: number
mediaTypes: string[]
}
[k: string]: unknown
}
export interface Domain {
domain: string
state: ("pending" | "verified" | "temporaryFailure" | "failed")
lapsed: boolean
text: string
lastCheckAt: (string | null)
records: {
purpose: ("ownership" | "dkim" | "spf" | "return_path" | "dmarc")
type: ("TXT" | "CNAME")
name: string
/**
 * What to publish.
 */
value: string
required: boolean
status: ("found" | "missing" | "unchecked")
found: string[]
hint: (string | null)
}[]
}
export interface AccountLine {
accountId: string
company: (string | null)
/**
 * The host.
 */
website: (string | null)
ownerDomain: (string | null)
contactDomains: string[]
technicalDomain: (string | null)
sendingDomains: string[]
status: ("not_requested" | "in_review" | "info_requested" | "verified" | "rejected" | "revoked" | "expired" | "closed")
standing: string
signedUpAt: string
lastEventAt: string
revision: number
position: string
[k: string]: unknown
}
export interface CommandAnswer {
accountId: string
revision: number
position: (string | null)
status: (("not_requested" | "in_review" | "info_requested" | "verified" | "rejected" | "revoked" | "expired" | "closed") | null)
state?: (string | {
[k: string]: unknown
})
events: {
type: string
id: string
}[]
allowedCommands: ("SignUp" | "UpdateContacts" | "UpdateBusinessProfile" | "RecordPeopleAdded" | "RecordEventsReceived" | "ConfigureChannel" | "RemoveChannel" | "AddDomain" | "RemoveDomain" | "RecordDomainCheck" | "RecordMessageCreated" | "AttachEvidence" | "RequestVerification" | "WithdrawVerification" | "CompleteScreening" | "SkipScreening" | "AssignReview" | "ReleaseReview" | "EscalateReview" | "RequestInformation" | "CancelInformationRequest" | "SubmitInformation" | "RecordCustomerReply" | "ExpireInformationRequest" | "CloseResubmissionWindow" | "WaiveRequirement" | "ProposeApproval" | "WithdrawProposal" | "ApproveVerification" | "RejectVerification" | "RevokeVerification" | "OpenReReview" | "ConfirmVerification" | "SubmitAppeal" | "DismissAppeal" | "RecordAbuseSignal" | "WarnAccount" | "SuspendAccount" | "ReinstateAccount" | "CloseAccount" | "GrandfatherAccount" | "RecordNotification")[]
domain?: Domain1
}
/**
 * With AddDomain: the records to publish.
 */
export interface Domain1 {
domain: string
state: ("pending" | "verified" | "temporaryFailure" | "failed")
lapsed: boolean
text: string
lastCheckAt: (string | null)
records: {
purpose: ("ownership" | "dkim" | "spf" | "return_path" | "dmarc")
type: ("TXT" | "CNAME")
name: string
/**
 * What to publish.
 */
value: string
required: boolean
status: ("found" | "missing" | "unchecked")
found: string[]
hint: (string | null)
}[]
}
/**
 * As it lies in the log, of whatever schema version it was written in.
 */
export interface StoredEvent {
id: string
type: string
stream: string
revision: number
position: string
data: {
[k: string]: unknown
}
metadata: {
hash: string
previousHash: string
[k: string]: unknown
}
}
export interface AccountToken {
token: string
role: "customer"
actor: string
accountId: string
expiresAt: string
}
export interface AccountThen {
accountId: string
revision: number
position: (string | null)
status: (("not_requested" | "in_review" | "info_requested" | "verified" | "rejected" | "revoked" | "expired" | "closed") | null)
standing: string
state?: (string | {
[k: string]: unknown
})
allowedCommands: ("SignUp" | "UpdateContacts" | "UpdateBusinessProfile" | "RecordPeopleAdded" | "RecordEventsReceived" | "ConfigureChannel" | "RemoveChannel" | "AddDomain" | "RemoveDomain" | "RecordDomainCheck" | "RecordMessageCreated" | "AttachEvidence" | "RequestVerification" | "WithdrawVerification" | "CompleteScreening" | "SkipScreening" | "AssignReview" | "ReleaseReview" | "EscalateReview" | "RequestInformation" | "CancelInformationRequest" | "SubmitInformation" | "RecordCustomerReply" | "ExpireInformationRequest" | "CloseResubmissionWindow" | "WaiveRequirement" | "ProposeApproval" | "WithdrawProposal" | "ApproveVerification" | "RejectVerification" | "RevokeVerification" | "OpenReReview" | "ConfirmVerification" | "SubmitAppeal" | "DismissAppeal" | "RecordAbuseSignal" | "WarnAccount" | "SuspendAccount" | "ReinstateAccount" | "CloseAccount" | "GrandfatherAccount" | "RecordNotification")[]
profile: {
[k: string]: unknown
}
channels: {
channelId: string
kind: ("email" | "sms" | "push" | "in_app" | "webhook")
[k: string]: unknown
}[]
domains: {
domain: string
state: string
[k: string]: unknown
}[]
asOf: {
revision: number
at: (string | null)
known: (string | null)
/**
 * When the last event shown happened.
 */
occurredAt: string
/**
 * When it was written.
 */
recordedAt: string
}
/**
 * The policy then in force.
 */
policyVersion: string
guide: SetupGuide
/**
 * The answer to each action, as if enforced.
 */
gate: GateDecision[]
[k: string]: unknown
}
export interface SetupGuide {
accountId: string
status: ("not_requested" | "in_review" | "info_requested" | "verified" | "rejected" | "revoked" | "expired" | "closed")
steps: {
id: string
title: string
state: ("done" | "next" | "later" | "waiting")
next: (string | null)
link: string
}[]
notices: {
kind: string
tone: string
title: string
text: string
appeal?: ("possible" | "under_review" | "answered")
}[]
questions: {
requirement: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
reasonCode: string
message: string
}[]
reasons: {
code: string
message: string
[k: string]: unknown
}[]
respondBy: (string | null)
canDo: ("request_again" | "appeal" | "answer_questions" | "request_verification")[]
canAppeal: ("verification" | "suspension")[]
resubmitUntil: (string | null)
missing: {
requirement: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
awaitingActionFrom: ("customer" | "reviewer" | "system")
}[]
profile: {
website?: string
technicalContact?: {
name: string
email: string
}
useCase?: string
audience?: string
/**
 * @minItems 1
 * @maxItems 5
 */
messageTypes?: ("transactional" | "lifecycle" | "newsletter" | "marketing" | "other")[]
subscriptionProcess?: string
[k: string]: unknown
}
domains: Domain[]
revision: number
position: string
[k: string]: unknown
}
export interface GateDecision {
action: ("campaign.start" | "campaign.resume" | "broadcast.start" | "broadcast.schedule" | "draft.queue" | "message.send" | "message.send_test" | "people.write" | "events.write" | "segment.create" | "campaign.author" | "broadcast.author" | "message.author" | "message.preview")
channelId?: string
allowed: boolean
observed?: true
wouldAllow?: boolean
status: ("active" | "pending" | "rejected" | "restricted")
deliveryMode: ("live" | "test" | "open" | "blocked")
onDenied: ("discard" | "hold")
constraints?: {
[k: string]: unknown
}
limits?: {
[k: string]: unknown
}
reasons: ("not_requested" | "in_review" | "information_requested" | "rejected" | "revoked" | "expired" | "suspended" | "closed" | "unknown_account" | "not_up_to_date" | "channel_missing" | "out_of_scope" | "domain_unverified" | "domain_lapsed")[]
missing: {
requirement: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
awaitingActionFrom: ("customer" | "reviewer" | "system")
}[]
channels: {
channelId: string
kind: ("email" | "sms" | "push" | "in_app" | "webhook")
allowed: boolean
status: ("active" | "pending" | "rejected" | "restricted")
reasons: ("not_requested" | "in_review" | "information_requested" | "rejected" | "revoked" | "expired" | "suspended" | "closed" | "unknown_account" | "not_up_to_date" | "channel_missing" | "out_of_scope" | "domain_unverified" | "domain_lapsed")[]
}[]
awaitingActionFrom: (("customer" | "reviewer" | "system") | null)
notices: ("warned")[]
policyVersion: string
revision: (number | null)
position: (string | null)
}
export interface AccountOverview {
accountId: string
revision: number
position: (string | null)
status: (("not_requested" | "in_review" | "info_requested" | "verified" | "rejected" | "revoked" | "expired" | "closed") | null)
standing: string
state?: (string | {
[k: string]: unknown
})
allowedCommands: ("SignUp" | "UpdateContacts" | "UpdateBusinessProfile" | "RecordPeopleAdded" | "RecordEventsReceived" | "ConfigureChannel" | "RemoveChannel" | "AddDomain" | "RemoveDomain" | "RecordDomainCheck" | "RecordMessageCreated" | "AttachEvidence" | "RequestVerification" | "WithdrawVerification" | "CompleteScreening" | "SkipScreening" | "AssignReview" | "ReleaseReview" | "EscalateReview" | "RequestInformation" | "CancelInformationRequest" | "SubmitInformation" | "RecordCustomerReply" | "ExpireInformationRequest" | "CloseResubmissionWindow" | "WaiveRequirement" | "ProposeApproval" | "WithdrawProposal" | "ApproveVerification" | "RejectVerification" | "RevokeVerification" | "OpenReReview" | "ConfirmVerification" | "SubmitAppeal" | "DismissAppeal" | "RecordAbuseSignal" | "WarnAccount" | "SuspendAccount" | "ReinstateAccount" | "CloseAccount" | "GrandfatherAccount" | "RecordNotification")[]
profile: {
[k: string]: unknown
}
channels: {
channelId: string
kind: ("email" | "sms" | "push" | "in_app" | "webhook")
[k: string]: unknown
}[]
domains: {
domain: string
state: string
[k: string]: unknown
}[]
/**
 * The policy in force.
 */
policyVersion: string
guide: SetupGuide
/**
 * The answer to each action, in the mode that the gate runs in.
 */
gate: GateDecision[]
[k: string]: unknown
}
export interface UploadAnswer {
accountId: string
revision: number
position: (string | null)
status: (("not_requested" | "in_review" | "info_requested" | "verified" | "rejected" | "revoked" | "expired" | "closed") | null)
state?: (string | {
[k: string]: unknown
})
events: {
type: string
id: string
}[]
allowedCommands: ("SignUp" | "UpdateContacts" | "UpdateBusinessProfile" | "RecordPeopleAdded" | "RecordEventsReceived" | "ConfigureChannel" | "RemoveChannel" | "AddDomain" | "RemoveDomain" | "RecordDomainCheck" | "RecordMessageCreated" | "AttachEvidence" | "RequestVerification" | "WithdrawVerification" | "CompleteScreening" | "SkipScreening" | "AssignReview" | "ReleaseReview" | "EscalateReview" | "RequestInformation" | "CancelInformationRequest" | "SubmitInformation" | "RecordCustomerReply" | "ExpireInformationRequest" | "CloseResubmissionWindow" | "WaiveRequirement" | "ProposeApproval" | "WithdrawProposal" | "ApproveVerification" | "RejectVerification" | "RevokeVerification" | "OpenReReview" | "ConfirmVerification" | "SubmitAppeal" | "DismissAppeal" | "RecordAbuseSignal" | "WarnAccount" | "SuspendAccount" | "ReinstateAccount" | "CloseAccount" | "GrandfatherAccount" | "RecordNotification")[]
domain?: Domain2
evidenceId: string
sha256: string
bytes: number
mediaType: string
}
/**
 * With AddDomain: the records to publish.
 */
export interface Domain2 {
domain: string
state: ("pending" | "verified" | "temporaryFailure" | "failed")
lapsed: boolean
text: string
lastCheckAt: (string | null)
records: {
purpose: ("ownership" | "dkim" | "spf" | "return_path" | "dmarc")
type: ("TXT" | "CNAME")
name: string
/**
 * What to publish.
 */
value: string
required: boolean
status: ("found" | "missing" | "unchecked")
found: string[]
hint: (string | null)
}[]
}
export interface Review {
accountId: string
revision: number
position: string
company: (string | null)
status: (("not_requested" | "in_review" | "info_requested" | "verified" | "rejected" | "revoked" | "expired" | "closed") | null)
/**
 * Null: it waits for no reviewer.
 */
review: (("screening" | "pending_review" | "info_requested" | "re_review" | "re_review_info_requested" | "suspension_appeal") | null)
suspensionAppeal: boolean
waitingSince: (string | null)
decideBy: (string | null)
overdue: boolean
respondBy: (string | null)
reviewBy: (string | null)
requests: number
requestedAt: (string | null)
requestPolicy: (string | null)
assignee: (string | null)
escalations: {
at: string
by: string
to: string
reason: string
}[]
owner: {
email: (string | null)
holder: (string | null)
signedUpAt: (string | null)
}
contacts: {
email: string
name?: string
/**
 * @maxItems 3
 */
roles: ("owner" | "technical" | "requester")[]
locale?: string
}[]
/**
 * As it was sent.
 */
form: ({
website: string
technicalContact: {
name: string
email: string
}
useCase: string
audience?: string
/**
 * @minItems 1
 * @maxItems 5
 */
messageTypes?: ("transactional" | "lifecycle" | "newsletter" | "marketing" | "other")[]
subscriptionProcess?: string
sampleMessage: ({
messageId: string
} | {
evidenceId: string
})
sample?: ({
kind: "message"
messageId: string
name: string
subject?: string
body?: string
previewUrl?: string
} | {
kind: "evidence"
evidenceId: string
sha256: string
mediaType: string
evidenceKind: ("screenshot" | "pdf" | "text")
})
/**
 * @maxItems 20
 */
approvalRequirements: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")[]
screenBy: string
} | null)
/**
 * What the account says of itself now.
 */
profile: {
website?: string
technicalContact?: {
name: string
email: string
}
useCase?: string
audience?: string
/**
 * @minItems 1
 * @maxItems 5
 */
messageTypes?: ("transactional" | "lifecycle" | "newsletter" | "marketing" | "other")[]
subscriptionProcess?: string
}
messages: {
messageId: string
channelId: string
name: string
subject?: string
body?: string
previewUrl?: string
}[]
channels: {
[k: string]: {
kind: ("email" | "sms" | "push" | "in_app" | "webhook")
domain?: string
}
}
domains: {
[k: string]: {
state: ("pending" | "verified" | "temporaryFailure" | "failed")
lapsed: boolean
lastCheck?: {
outcome: ("verified" | "failed" | "temporary_failure")
records: {
type: string
name: string
expected: string
/**
 * @maxItems 50
 */
found: string[]
ok: boolean
unavailable?: true
}[]
at: string
}
[k: string]: unknown
}
}
evidence: {
evidenceId: string
kind: ("screenshot" | "pdf" | "text")
fileName: string
mediaType: string
bytes: number
sha256: string
requirement?: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
attachedAt: string
attachedBy: string
}[]
findings: {
check: string
outcome: ("pass" | "fail" | "unknown")
reasonCode?: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")
detail?: string
}[]
recommendation: (("approve" | "review" | "request_information") | null)
/**
 * What is missing for approval.
 */
missing: {
requirement: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
awaitingActionFrom: ("customer" | "reviewer" | "system")
}[]
waived: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")[]
rounds: {
askedAt: string
askedBy: string
items: {
requirement: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
reasonCode: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")
message: string
}[]
respondBy: string
outcome: ("open" | "answered" | "cancelled" | "expired")
closedAt?: string
answers?: {
requirement: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
text?: string
evidenceId?: string
cannotProvide?: string
}[]
via?: ("email" | "phone" | "ticket")
}[]
/**
 * No mail with the questions went out; the time to answer stands still.
 */
questionsUnreachable: boolean
/**
 * Addresses that the last mail did not reach.
 */
unreachableContacts: string[]
proposal: ({
by: string
at: string
note: (string | null)
} | null)
/**
 * The rejection or revocation that stands, or is appealed.
 */
decision: ({
kind: ("rejected" | "revoked")
by: string
at: string
reasons: {
code: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")
requirement?: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
customerMessage: string
}[]
retryable: boolean
resubmitUntil?: string
windowClosed: boolean
appeal: ("none" | "open" | "used")
} | null)
decisions: {
type: string
at: string
by: string
reasons: {
code: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")
requirement?: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
customerMessage: string
}[]
}[]
scope: ({
/**
 * @minItems 1
 * @maxItems 5
 */
messageTypes?: ("transactional" | "lifecycle" | "newsletter" | "marketing" | "other")[]
/**
 * @minItems 1
 * @maxItems 5
 */
channelKinds?: ("email" | "sms" | "push" | "in_app" | "webhook")[]
limits?: {
[k: string]: number
}
} | null)
appeals: {
against: ("verification" | "suspension")
statement: string
at: string
}[]
standing: {
state: ("none" | "good" | "warned" | "suspended" | "closed")
since: (string | null)
reasons: {
code: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")
requirement?: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
customerMessage: string
}[]
appeal: ("none" | "unappealed" | "appealed" | "upheld")
}
signals: {
kind: ("complaints" | "bounces" | "spam_trap" | "report" | "credentials" | "volume")
rate?: number
window?: string
source: string
at: string
}[]
notes: {
at: string
by: string
event: string
text: string
}[]
/**
 * As it stands in mails to this account.
 */
mailReference: string
[k: string]: unknown
}
export interface ReviewPage {
accountId: string
revision: number
position: string
company: (string | null)
status: (("not_requested" | "in_review" | "info_requested" | "verified" | "rejected" | "revoked" | "expired" | "closed") | null)
/**
 * Null: it waits for no reviewer.
 */
review: (("screening" | "pending_review" | "info_requested" | "re_review" | "re_review_info_requested" | "suspension_appeal") | null)
suspensionAppeal: boolean
waitingSince: (string | null)
decideBy: (string | null)
overdue: boolean
respondBy: (string | null)
reviewBy: (string | null)
requests: number
requestedAt: (string | null)
requestPolicy: (string | null)
assignee: (string | null)
escalations: {
at: string
by: string
to: string
reason: string
}[]
owner: {
email: (string | null)
holder: (string | null)
signedUpAt: (string | null)
}
contacts: {
email: string
name?: string
/**
 * @maxItems 3
 */
roles: ("owner" | "technical" | "requester")[]
locale?: string
}[]
/**
 * As it was sent.
 */
form: ({
website: string
technicalContact: {
name: string
email: string
}
useCase: string
audience?: string
/**
 * @minItems 1
 * @maxItems 5
 */
messageTypes?: ("transactional" | "lifecycle" | "newsletter" | "marketing" | "other")[]
subscriptionProcess?: string
sampleMessage: ({
messageId: string
} | {
evidenceId: string
})
sample?: ({
kind: "message"
messageId: string
name: string
subject?: string
body?: string
previewUrl?: string
} | {
kind: "evidence"
evidenceId: string
sha256: string
mediaType: string
evidenceKind: ("screenshot" | "pdf" | "text")
})
/**
 * @maxItems 20
 */
approvalRequirements: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")[]
screenBy: string
} | null)
/**
 * What the account says of itself now.
 */
profile: {
website?: string
technicalContact?: {
name: string
email: string
}
useCase?: string
audience?: string
/**
 * @minItems 1
 * @maxItems 5
 */
messageTypes?: ("transactional" | "lifecycle" | "newsletter" | "marketing" | "other")[]
subscriptionProcess?: string
}
messages: {
messageId: string
channelId: string
name: string
subject?: string
body?: string
previewUrl?: string
}[]
channels: {
[k: string]: {
kind: ("email" | "sms" | "push" | "in_app" | "webhook")
domain?: string
}
}
domains: {
[k: string]: {
state: ("pending" | "verified" | "temporaryFailure" | "failed")
lapsed: boolean
lastCheck?: {
outcome: ("verified" | "failed" | "temporary_failure")
records: {
type: string
name: string
expected: string
/**
 * @maxItems 50
 */
found: string[]
ok: boolean
unavailable?: true
}[]
at: string
}
[k: string]: unknown
}
}
evidence: {
evidenceId: string
kind: ("screenshot" | "pdf" | "text")
fileName: string
mediaType: string
bytes: number
sha256: string
requirement?: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
attachedAt: string
attachedBy: string
}[]
findings: {
check: string
outcome: ("pass" | "fail" | "unknown")
reasonCode?: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")
detail?: string
}[]
recommendation: (("approve" | "review" | "request_information") | null)
/**
 * What is missing for approval.
 */
missing: {
requirement: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
awaitingActionFrom: ("customer" | "reviewer" | "system")
}[]
waived: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")[]
rounds: {
askedAt: string
askedBy: string
items: {
requirement: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
reasonCode: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")
message: string
}[]
respondBy: string
outcome: ("open" | "answered" | "cancelled" | "expired")
closedAt?: string
answers?: {
requirement: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
text?: string
evidenceId?: string
cannotProvide?: string
}[]
via?: ("email" | "phone" | "ticket")
}[]
/**
 * No mail with the questions went out; the time to answer stands still.
 */
questionsUnreachable: boolean
/**
 * Addresses that the last mail did not reach.
 */
unreachableContacts: string[]
proposal: ({
by: string
at: string
note: (string | null)
} | null)
/**
 * The rejection or revocation that stands, or is appealed.
 */
decision: ({
kind: ("rejected" | "revoked")
by: string
at: string
reasons: {
code: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")
requirement?: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
customerMessage: string
}[]
retryable: boolean
resubmitUntil?: string
windowClosed: boolean
appeal: ("none" | "open" | "used")
} | null)
decisions: {
type: string
at: string
by: string
reasons: {
code: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")
requirement?: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
customerMessage: string
}[]
}[]
scope: ({
/**
 * @minItems 1
 * @maxItems 5
 */
messageTypes?: ("transactional" | "lifecycle" | "newsletter" | "marketing" | "other")[]
/**
 * @minItems 1
 * @maxItems 5
 */
channelKinds?: ("email" | "sms" | "push" | "in_app" | "webhook")[]
limits?: {
[k: string]: number
}
} | null)
appeals: {
against: ("verification" | "suspension")
statement: string
at: string
}[]
standing: {
state: ("none" | "good" | "warned" | "suspended" | "closed")
since: (string | null)
reasons: {
code: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")
requirement?: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
customerMessage: string
}[]
appeal: ("none" | "unappealed" | "appealed" | "upheld")
}
signals: {
kind: ("complaints" | "bounces" | "spam_trap" | "report" | "credentials" | "volume")
rate?: number
window?: string
source: string
at: string
}[]
notes: {
at: string
by: string
event: string
text: string
}[]
/**
 * As it stands in mails to this account.
 */
mailReference: string
policyVersion: string
secondPerson: {
compulsory: boolean
proposedBy: (string | null)
proposedAt: (string | null)
}
allowedCommands: ("SignUp" | "UpdateContacts" | "UpdateBusinessProfile" | "RecordPeopleAdded" | "RecordEventsReceived" | "ConfigureChannel" | "RemoveChannel" | "AddDomain" | "RemoveDomain" | "RecordDomainCheck" | "RecordMessageCreated" | "AttachEvidence" | "RequestVerification" | "WithdrawVerification" | "CompleteScreening" | "SkipScreening" | "AssignReview" | "ReleaseReview" | "EscalateReview" | "RequestInformation" | "CancelInformationRequest" | "SubmitInformation" | "RecordCustomerReply" | "ExpireInformationRequest" | "CloseResubmissionWindow" | "WaiveRequirement" | "ProposeApproval" | "WithdrawProposal" | "ApproveVerification" | "RejectVerification" | "RevokeVerification" | "OpenReReview" | "ConfirmVerification" | "SubmitAppeal" | "DismissAppeal" | "RecordAbuseSignal" | "WarnAccount" | "SuspendAccount" | "ReinstateAccount" | "CloseAccount" | "GrandfatherAccount" | "RecordNotification")[]
refusedCommands: {
command: ("SignUp" | "UpdateContacts" | "UpdateBusinessProfile" | "RecordPeopleAdded" | "RecordEventsReceived" | "ConfigureChannel" | "RemoveChannel" | "AddDomain" | "RemoveDomain" | "RecordDomainCheck" | "RecordMessageCreated" | "AttachEvidence" | "RequestVerification" | "WithdrawVerification" | "CompleteScreening" | "SkipScreening" | "AssignReview" | "ReleaseReview" | "EscalateReview" | "RequestInformation" | "CancelInformationRequest" | "SubmitInformation" | "RecordCustomerReply" | "ExpireInformationRequest" | "CloseResubmissionWindow" | "WaiveRequirement" | "ProposeApproval" | "WithdrawProposal" | "ApproveVerification" | "RejectVerification" | "RevokeVerification" | "OpenReReview" | "ConfirmVerification" | "SubmitAppeal" | "DismissAppeal" | "RecordAbuseSignal" | "WarnAccount" | "SuspendAccount" | "ReinstateAccount" | "CloseAccount" | "GrandfatherAccount" | "RecordNotification")
code: ("forbidden_role" | "idempotency_key_reused" | "out_of_order" | "stale" | "unknown_account" | "already_signed_up" | "closed" | "not_in_this_state" | "already_proposed" | "already_appealed" | "not_retryable" | "window_closed" | "not_due" | "not_your_proposal" | "self_approval" | "own_submission" | "same_reviewer_on_appeal" | "second_person_required" | "setup_incomplete" | "requirements_missing" | "items_unanswered" | "unknown_channel" | "unknown_domain" | "unknown_message" | "unknown_evidence" | "domain_in_use" | "too_much_evidence" | "too_many_domains" | "conflict")
detail: string
}[]
[k: string]: unknown
}
export interface ReviewLine {
accountId: string
company: (string | null)
status: (("not_requested" | "in_review" | "info_requested" | "verified" | "rejected" | "revoked" | "expired" | "closed") | null)
standing: string
/**
 * Null: it waits for no reviewer any more.
 */
review: (("screening" | "pending_review" | "info_requested" | "re_review" | "re_review_info_requested" | "suspension_appeal") | null)
suspensionAppeal: boolean
/**
 * The review decides an appeal against a rejection or a revocation.
 */
appeal: boolean
waitingSince: (string | null)
decideBy: (string | null)
overdue: boolean
assignee: (string | null)
proposedBy: (string | null)
escalatedTo: (string | null)
/**
 * What is missing for approval.
 */
missing: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")[]
respondBy: (string | null)
requests: number
revision: number
}
export interface ReviewCounts {
all: number
/**
 * Assigned to the actor of the token.
 */
mine: number
unassigned: number
overdue: number
/**
 * An appeal against a suspension may wait beside a review: it is then counted under both.
 */
states: {
[k: string]: number
}
position: (string | null)
}
export interface MailPreview {
accountId: string
/**
 * The revision that the command was decided on.
 */
revision: number
mails: {
to: {
email: string
name?: string
}
template: ("request_received" | "information_requested" | "information_reminder" | "expired" | "approved" | "rejected" | "revoked" | "warned" | "suspended")
locale: ("en" | "de")
subject: string
text: string
}[]
/**
 * Why the command would be refused; nothing is sent then.
 */
refused: ({
code: ("forbidden_role" | "idempotency_key_reused" | "out_of_order" | "stale" | "unknown_account" | "already_signed_up" | "closed" | "not_in_this_state" | "already_proposed" | "already_appealed" | "not_retryable" | "window_closed" | "not_due" | "not_your_proposal" | "self_approval" | "own_submission" | "same_reviewer_on_appeal" | "second_person_required" | "setup_incomplete" | "requirements_missing" | "items_unanswered" | "unknown_channel" | "unknown_domain" | "unknown_message" | "unknown_evidence" | "domain_in_use" | "too_much_evidence" | "too_many_domains" | "conflict")
detail: string
missing: {
requirement: ("people_added" | "events_received" | "channel_configured" | "first_message_created" | "company_website" | "technical_contact" | "use_case" | "audience" | "message_types" | "subscription_process" | "sample_message" | "domain_verified" | "identity" | "other")
awaitingActionFrom: ("customer" | "reviewer" | "system")
}[]
} | null)
}
export interface LinkedAccounts {
items: {
accountId: string
company: (string | null)
status: ("not_requested" | "in_review" | "info_requested" | "verified" | "rejected" | "revoked" | "expired" | "closed")
standing: ("good" | "warned" | "suspended" | "closed")
/**
 * Its verification was rejected or revoked, and not granted since.
 */
refused: boolean
signedUpAt: string
/**
 * What it has in common with the account; `value` as the other account has it.
 */
shares: {
kind: ("address" | "website" | "sending_domain" | "mail_domain")
value: string
}[]
}[]
/**
 * Whether there are more than are looked at or given.
 */
truncated: boolean
position: (string | null)
}
export interface PolicySummary {
version: string
hash: string
publishedAt: string
publishedBy: {
type: ("product" | "customer" | "reviewer" | "auditor" | "analyst" | "system" | "admin")
id: string
}
position: string
inForce: boolean
}
export interface Transition {
position: string
accountId: string
revision: number
id: string
type: string
occurredAt: string
recordedAt: string
imported: boolean
actor: {
type: ("product" | "customer" | "reviewer" | "auditor" | "analyst" | "system" | "admin")
id: string
}
onBehalfOf: (string | null)
command: string
commandId: string
from: ((string | {
[k: string]: unknown
}) | null)
to: ((string | {
[k: string]: unknown
}) | null)
reasons: ("website_inaccessible" | "website_password_protected" | "website_under_construction" | "website_domain_mismatch" | "domain_unverified" | "domain_recently_registered" | "free_email_provider" | "opt_in_unclear" | "opt_in_evidence_missing" | "sample_missing" | "sample_use_case_mismatch" | "unsubscribe_missing" | "postal_address_missing" | "privacy_policy_missing" | "use_case_unsupported" | "identity_unconfirmed" | "business_not_found" | "incomplete_information" | "no_response" | "complaint_rate_high" | "bounce_rate_high" | "credentials_compromised" | "duplicate_account" | "terms_of_service" | "requested_by_customer" | "other" | "fraud" | "phishing" | "malware" | "impersonation" | "linked_to_suspended_account" | "domain_listed" | "disposable_email" | "purchased_list_suspected" | "spam_trap_hit" | "volume_anomaly")[]
policyVersion: (string | null)
hash: string
}
export interface Checkpoint {
number: number
file: string
takenAt: (string | null)
/**
 * The position of the last event that it covers.
 */
position: (string | null)
events: (number | null)
streams: (number | null)
/**
 * The fingerprint of the key that it is signed with.
 */
key: (string | null)
/**
 * The hash of the one before; null in the first.
 */
previous: (string | null)
/**
 * Why its file cannot be read.
 */
problem: (string | null)
}
export interface Verification {
id: string
state: ("running" | "done" | "failed" | "cancelled")
startedBy: {
type: ("product" | "customer" | "reviewer" | "auditor" | "analyst" | "system" | "admin")
id: string
}
startedAt: string
finishedAt: (string | null)
/**
 * `events`: each event and the checkpoints · `store`: the store’s own file · `chart`: the statechart.
 */
phase: (("events" | "store" | "chart") | null)
/**
 * Events that this phase has gone through.
 */
done: number
/**
 * Of so many, about; null where nobody knows.
 */
total: (number | null)
/**
 * Why it failed: it says nothing of the log.
 */
error: (string | null)
result: ({
/**
 * It went to its end, and nothing was found.
 */
clean: boolean
complete: boolean
events: number
streams: number
checkpoints: number
/**
 * The position of the newest checkpoint up to which the log and all checkpoints agree.
 */
verifiedTo: (string | null)
/**
 * Events after it, for which no checkpoint vouches yet.
 */
uncovered: number
/**
 * How many findings there are; not all of them are listed.
 */
found: number
findings: AuditFinding[]
} | null)
}
export interface AuditFinding {
kind: ("store" | "log" | "unreadable" | "position" | "stream" | "revision" | "hash" | "id" | "chain" | "schema" | "policy" | "chart" | "checkpoint" | "checkpoint-missing" | "signature" | "key" | "checkpoint-order" | "other-log" | "cut" | "log-root" | "head" | "heads-root")
position?: string
stream?: string
/**
 * Whose stream it is.
 */
accountId?: string
revision?: number
/**
 * The number of a checkpoint.
 */
checkpoint?: number
detail: string
}
/**
 * Milliseconds. Percentiles are linear (type 7 of Hyndman and Fan): the median of an even count is the mean of the two middle values.
 */
export interface TimeSummary {
count: number
median: (number | null)
p90: (number | null)
p99: (number | null)
max: (number | null)
}
export interface BacktestResult {
candidate: {
version: string
hash: string
}
since: (string | null)
until: (string | null)
position: (string | null)
/**
 * False when it was ended before the end of the log.
 */
complete: boolean
requests: {
total: number
screened: number
skipped: number
unscreened: number
}
screening: {
before: {
approved: number
asked: number
review: number
}
after: {
approved: number
asked: number
review: number
}
cells: {
before: ("approved" | "asked" | "review")
after: ("approved" | "asked" | "review")
requests: number
approvedByPerson: number
rejected: number
warned: number
suspended: number
revoked: number
suspendedOrRevoked: number
abuseSignals: number
}[]
rules: {
rule: string
before: number
after: number
}[]
}
approvals: {
requests: number
cells: {
after: ("approved" | "refused" | "forestalled")
requests: number
approvedByPerson: number
rejected: number
warned: number
suspended: number
revoked: number
suspendedOrRevoked: number
abuseSignals: number
}[]
refusedBy: {
[k: string]: number
}
}
wouldApprove: JudgedRequests
wouldStop: JudgedRequests
differing: number
policies: {
[k: string]: number
}
}
/**
 * So many requests, and how reality judged them afterwards.
 */
export interface JudgedRequests {
requests: number
approvedByPerson: number
rejected: number
warned: number
suspended: number
revoked: number
suspendedOrRevoked: number
abuseSignals: number
}
export interface BacktestRunSummary {
id: string
state: ("waiting" | "running" | "finished" | "cancelled" | "interrupted" | "failed")
policyVersion: string
since: (string | null)
until: (string | null)
startedBy: {
type: ("product" | "customer" | "reviewer" | "auditor" | "analyst" | "system" | "admin")
id: string
}
createdAt: string
startedAt: (string | null)
finishedAt: (string | null)
/**
 * Events gone through; requests where `total` is null.
 */
done: number
/**
 * Events to go through; null where positions do not count events.
 */
total: (number | null)
/**
 * Requests decided again so far.
 */
requests: number
/**
 * Those that differ: all of them.
 */
differing: number
/**
 * Those that differ and can be looked at: the first ones, in the order of the log.
 */
kept: number
error: (string | null)
}
export interface BacktestRun {
id: string
state: ("waiting" | "running" | "finished" | "cancelled" | "interrupted" | "failed")
policyVersion: string
since: (string | null)
until: (string | null)
startedBy: {
type: ("product" | "customer" | "reviewer" | "auditor" | "analyst" | "system" | "admin")
id: string
}
createdAt: string
startedAt: (string | null)
finishedAt: (string | null)
/**
 * Events gone through; requests where `total` is null.
 */
done: number
/**
 * Events to go through; null where positions do not count events.
 */
total: (number | null)
/**
 * Requests decided again so far.
 */
requests: number
/**
 * Those that differ: all of them.
 */
differing: number
/**
 * Those that differ and can be looked at: the first ones, in the order of the log.
 */
kept: number
error: (string | null)
policy: {
version: string
[k: string]: unknown
}
/**
 * Null while it is not over.
 */
result: (BacktestResult | null)
}
export interface BacktestDifference {
/**
 * Its place among the requests that differ, from 1 on.
 */
number: number
accountId: string
revision: number
position: string
at: string
screening: ({
before: {
revision: number
at: string
policyVersion: (string | null)
outcome: ("approved" | "asked" | "review")
rule: string
missing: string[]
}
after: {
revision: number
at: string
policyVersion: (string | null)
outcome: ("approved" | "asked" | "review")
rule: string
missing: string[]
}
doubts: {
check: string
outcome: string
reasonCode?: string
}[]
} | ("skipped" | "none"))
approval: ({
revision: number
at: string
policyVersion: (string | null)
outcome: ("approved" | "refused" | "forestalled")
rule: (string | null)
missing: string[]
} | null)
approvals: number
later: {
approvedByPersonAt: (string | null)
rejectedAt: (string | null)
warnedAt: (string | null)
suspendedAt: (string | null)
revokedAt: (string | null)
abuseSignals: number
}
}
export interface WebhookDelivery {
/**
 * The `webhook-id`.
 */
id: string
accountId: string
type: ("account.signed_up" | "account.warned" | "account.suspended" | "account.reinstated" | "account.appeal_submitted" | "account.appeal_dismissed" | "account.closed" | "verification.requested" | "verification.withdrawn" | "verification.information_requested" | "verification.information_submitted" | "verification.information_request_cancelled" | "verification.information_request_expired" | "verification.approved" | "verification.rejected" | "verification.revoked" | "verification.expired" | "verification.resubmission_window_closed" | "verification.appeal_submitted" | "gate.changed")
revision: number
position: string
state: ("waiting" | "delivered" | "given_up")
attempts: number
lastStatus: (number | null)
lastError: (string | null)
createdAt: string
lastAttemptAt: (string | null)
finishedAt: (string | null)
}
export interface Process {
/**
 * False: GATEHOUSE_PROCESSES leaves it to another node, or to none.
 */
runsHere: boolean
state: ("ok" | "failing" | "not_here")
/**
 * How often it failed in a row.
 */
failures: number
/**
 * What the last failure said.
 */
error: (string | null)
process: string
/**
 * Why it cannot run as things are configured.
 */
unavailable: (string | null)
/**
 * Whether it acts on events; the others only look for what is due.
 */
takesEvents: boolean
/**
 * Events that were set aside; null where it takes none, or where nobody can tell just now.
 */
parked: ({
count: number
/**
 * There may be more.
 */
atLeast: boolean
} | null)
/**
 * mail: this node’s outbox · webhooks: deliveries · timers: deadlines that are due · screening: requests.
 */
waiting: ({
count: number
/**
 * There may be more.
 */
atLeast: boolean
since: (string | null)
/**
 * Mails and webhooks among them that were tried without success, and are tried again later.
 */
failed: number
} | null)
}
export interface ParkedEvent {
/**
 * The event’s id.
 */
id: string
accountId: (string | null)
revision: number
type: string
/**
 * What the last attempt said.
 */
reason: string
parkedAt: string
}
export interface Mail {
accountId: string
state: ("waiting" | "sent" | "failed")
template: string
contact: string
/**
 * Of one that waits; the log does not keep it.
 */
subject: (string | null)
/**
 * Since when it waits; of the others, when the outcome was recorded.
 */
at: string
/**
 * What the mail server, or the last attempt, said.
 */
detail: (string | null)
/**
 * Failed attempts of one that waits.
 */
attempts: (number | null)
nextAttemptAt: (string | null)
/**
 * The account’s event that records it.
 */
revision: (number | null)
}
