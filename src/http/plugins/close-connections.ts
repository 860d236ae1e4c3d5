import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { App } from '../base/app.ts'

/** Milliseconds that closing the server may take; `docs/operations.md` documents them. */
export const STOP_MILLISECONDS = 8_000
/** Milliseconds that a request whose body is on its way may take to arrive completely while the server closes. */
const UNFINISHED_MILLISECONDS = 1_000
const ROUND_MILLISECONDS = 100

/**
 * Lets no client hold up the end of the server. While it closes, connections without a request (idle ones, and those whose headers
 * are incomplete) end at once, requests whose body is incomplete after a second, and all others after `milliseconds`.
 *
 * Node itself closes only connections that have carried a request, and its check for late headers ends when the server closes.
 */
export function closeConnections(app: App, milliseconds = STOP_MILLISECONDS): void {
  const connections = new Map<Socket, ServerResponse | null>()

  app.server.on('connection', (socket: Socket) => {
    connections.set(socket, null)
    socket.once('close', () => connections.delete(socket))
  })
  app.addHook('onRequest', (request, reply, done) => {
    const { socket } = request.raw
    const response = reply.raw
    if (connections.has(socket)) {
      connections.set(socket, response)
      // A pipelined request may have taken the connection over by then.
      response.once('close', () => {
        if (connections.get(socket) === response) connections.set(socket, null)
      })
    }
    done()
  })

  app.addHook('preClose', async () => {
    const started = performance.now()
    const round = () => {
      const waited = performance.now() - started
      for (const [socket, response] of connections) {
        // Responses that have been written are still sent.
        if (response === null) socket.destroySoon()
        else if (waited >= milliseconds || (waited >= UNFINISHED_MILLISECONDS && !response.req.complete)) socket.destroy()
      }
    }
    round()
    const timer = setInterval(round, ROUND_MILLISECONDS)
    app.server.once('close', () => clearInterval(timer))
    // A server that does not listen emits no `close`.
    if (!app.server.listening) clearInterval(timer)
  })
}
