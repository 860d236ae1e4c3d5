import type { FastifyReply } from 'fastify'

/** Aborts when the connection closes before the answer is sent, so that work for it can stop. */
export function clientGone({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController()
  const abort = () => {
    if (!raw.writableFinished) gone.abort(new ClientGoneError())
  }
  if (raw.destroyed) abort()
  else raw.once('close', abort)
  return gone.signal
}

/** Work abandoned because the client closed the connection; no answer is sent. */
export class ClientGoneError extends Error {
  override readonly name = 'ClientGoneError'

  constructor() {
    super('the client closed the connection')
  }
}
