import type { FastifyReply } from 'fastify'

/** Aborts when the connection closes before the answer is out: whatever is being read for it is read for nobody. */
export function clientGone({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController()
  const abort = () => {
    if (!raw.writableFinished) gone.abort(new ClientGoneError())
  }
  if (raw.destroyed) abort()
  else raw.once('close', abort)
  return gone.signal
}

/** Work given up because the client closed the connection; answered to nobody. */
export class ClientGoneError extends Error {
  override readonly name = 'ClientGoneError'

  constructor() {
    super('the client closed the connection')
  }
}
