import { STATUS_CODES } from 'node:http'

/** What a status means for a message that was not accepted, and what to do about it. */
const MEANINGS: ReadonlyMap<number, string> = new Map([
  [400, 'it does not understand the message'],
  [401, 'it wants a sign-in that messages do not have; the signature tells who sends'],
  [403, 'it does not let this server in'],
  [404, 'there is nothing at this address'],
  [405, 'it takes no POST requests at this address'],
  [408, 'the message reached it too slowly'],
  [410, 'there is nothing at this address any more'],
  [413, 'the message is too large for it'],
  [415, 'it does not take JSON'],
  [422, 'it does not take the message as it is'],
  [429, 'it gets too many messages at once'],
  [500, 'it failed while it worked on the message'],
  [502, 'a proxy in front of it could not reach it'],
  [503, 'it takes no messages at the moment'],
  [504, 'a proxy in front of it got no answer in time'],
])

/** A status with its words: `503 Service Unavailable`. */
export function statusWords(status: number): string {
  return `${status} ${STATUS_CODES[status] ?? ''}`.trimEnd()
}

/** Explains a response that does not accept a message: `The receiver answered 404 Not Found: there is nothing at this address.` */
export function answerWords(status: number): string {
  return `The receiver answered ${statusWords(status)}: ${MEANINGS.get(status) ?? meaningOfClass(status)}.`
}

function meaningOfClass(status: number): string {
  if (status < 400) return 'redirects are not followed, so the webhook needs the address that it leads to'
  return status < 500 ? 'it refuses the message' : 'it failed'
}
