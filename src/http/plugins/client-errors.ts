import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { PROBLEM_TYPE, toProblem } from '../base/problem.ts'

const ANSWERS = new Map([
  ['ERR_HTTP_REQUEST_TIMEOUT', { status: 408, code: 'REQUEST_TIMEOUT', detail: 'The request was not complete in time.' }],
  [
    'HPE_HEADER_OVERFLOW',
    { status: 431, code: 'HEADERS_TOO_LARGE', detail: 'The headers of the request are too large; at most 16 KiB are accepted.' },
  ],
])
const NOT_HTTP = { status: 400, code: 'BAD_REQUEST', detail: 'What was sent is not a valid HTTP/1.1 request.' }

/** Answers what never became a request: broken HTTP, endless headers, a client that stops in the middle. */
export function clientErrors(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const { status, code, detail } = ANSWERS.get(error.code ?? '') ?? NOT_HTTP
  if (socket.writable) {
    const body = JSON.stringify(toProblem(status, code, detail))
    const lines = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      `Content-Type: ${PROBLEM_TYPE}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
    ]
    socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`)
  }
  socket.destroySoon()
}
