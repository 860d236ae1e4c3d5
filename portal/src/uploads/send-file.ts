import { ApiError, isProxyWithoutServer, SessionOverError, UnreachableError } from '../api/errors.ts'
import type { SessionStore } from '../api/session-store.ts'

export interface SendOptions {
  file: File
  signal: AbortSignal
  /** Called with the number of bytes sent. */
  onSent(bytes: number): void
}

/** Sends a file to the server. @returns the id of the upload. @throws ApiError, SessionOverError, UnreachableError, AbortError. */
export type SendFile = (options: SendOptions) => Promise<number>

/** Sends by XMLHttpRequest, because only that reports how many bytes have been sent. */
export function createSendFile(base: string, session: SessionStore): SendFile {
  return ({ file, signal, onSent }) =>
    new Promise((done, refuse) => {
      const request = new XMLHttpRequest()
      request.open('POST', new URL('api/portal/v1/charts/upload', base))
      const token = session.current.get()?.token
      if (token !== undefined) request.setRequestHeader('authorization', `Bearer ${token}`)
      request.setRequestHeader('accept', 'application/json')
      request.upload.onprogress = ({ loaded }) => onSent(Math.min(loaded, file.size))
      request.onerror = () => refuse(new UnreachableError(new Error('the connection broke')))
      request.onabort = () => refuse(new DOMException('cancelled', 'AbortError'))
      request.onload = () => {
        const id = uploadIdOf(parse(request.responseText))
        if (request.status === 401) {
          // Another window may have signed in meanwhile: then the new session has not been tried yet.
          if (session.current.get()?.token === token) session.over.set(true)
          refuse(new SessionOverError())
        } else if (request.status === 200 && id !== null) done(id)
        else if (isProxyWithoutServer(request.status, request.getResponseHeader('content-type')))
          refuse(new UnreachableError(new Error(`a reverse proxy answers with status ${request.status}`)))
        else refuse(new ApiError(request.status, parse(request.responseText), headersOf(request)))
      }
      signal.addEventListener('abort', () => request.abort(), { once: true })
      const form = new FormData()
      form.append('file', file)
      request.send(form)
    })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function uploadIdOf(body: unknown): number | null {
  const upload = (body as { upload?: { id?: unknown } } | undefined)?.upload
  return typeof upload?.id === 'number' ? upload.id : null
}

function headersOf(request: XMLHttpRequest): Headers {
  const id = request.getResponseHeader('x-request-id')
  return new Headers(id === null ? {} : { 'x-request-id': id })
}
