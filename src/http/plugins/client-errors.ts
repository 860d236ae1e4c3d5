import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { ErrorCode } from '#lib/error-codes.ts'
import { codeOf } from '#lib/errors.ts'
import { PROBLEM_TYPE, toProblem } from '../base/problem.ts'

const CODES = new Map<string | undefined, ErrorCode>([
  ['ERR_HTTP_REQUEST_TIMEOUT', 'REQUEST_TIMEOUT'],
  ['HPE_HEADER_OVERFLOW', 'HEADERS_TOO_LARGE'],
])

/** Responds to what never became a request: broken HTTP, endless headers, a client that stops in the middle. */
export function clientErrors(error: Error, socket: Socket): void {
  const cause = codeOf(error)
  if (cause === 'ECONNRESET' || socket.destroyed) return
  const code = CODES.get(cause)
  const problem =
    code === undefined ? toProblem('BAD_REQUEST', 'The bytes received are not a valid HTTP/1.1 request.') : toProblem(code)
  if (socket.writable) {
    const body = JSON.stringify(problem)
    const lines = [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
      `Content-Type: ${PROBLEM_TYPE}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
    ]
    socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`)
  }
  socket.destroySoon()
}
