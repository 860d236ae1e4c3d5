import { createHmac, randomBytes } from 'node:crypto'

const PREFIX = 'whsec_'
const SECRET_BYTES = 32

/** A new secret in the form of the Standard Webhooks specification. */
export function newWebhookSecret(): string {
  return `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`
}

/** A message as it is signed. */
export interface SignedMessage {
  /** The same for every attempt, so that receivers can recognise a repetition. */
  id: string
  /** Seconds since the Unix epoch, of this attempt. */
  timestamp: number
  body: string
}

/**
 * The headers of a message (Standard Webhooks 1.0): id, time, and an HMAC-SHA256 over both and the body for each secret, so that receivers accept
 * either while a secret is exchanged.
 */
export function signMessage({ id, timestamp, body }: SignedMessage, secrets: readonly string[]): Record<string, string> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signatures.join(' ') }
}
