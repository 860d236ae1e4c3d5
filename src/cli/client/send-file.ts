import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { request } from 'undici'
import { readableSize } from '../frame/readable-file.ts'
import { reach, readAnswer, type ServerCall } from './server-call.ts'

/** An upload that the server has accepted. */
export interface SentUpload {
  id: number
  filename: string
  fileSize: number
}

const UPLOAD = '/api/portal/v1/charts/upload'
/** How long the server may take to answer once it has the whole file. */
const ANSWER_TIMEOUT = 300_000
/** Bytes of one read. */
const CHUNK = 256 * 1_024

/**
 * Streams a file to the server as multipart/form-data, so that its size never counts in memory.
 *
 * @param onProgress called with the bytes of the file that have been sent so far.
 * @throws CliError for a file that cannot be read or a server that cannot be reached; ApiError when the server refuses it.
 */
export async function sendFile(
  server: ServerCall,
  file: string,
  { signal, onProgress }: { signal: AbortSignal; onProgress(bytes: number): void },
): Promise<SentUpload> {
  const bytes = await readableSize(file, 'Upload the zip of an exchange set, or its files one by one.')
  const boundary = `chartroom-${randomUUID()}`
  // RFC 7578 leaves the name to its writer; a quote or a line break in it would end the header.
  const name = path.basename(file).replace(/["\\\r\n]/g, '_')
  const head = Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
  )
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`)

  async function* body(): AsyncIterable<Buffer> {
    yield head
    let sent = 0
    for await (const chunk of createReadStream(file, { highWaterMark: CHUNK })) {
      yield chunk as Buffer
      sent += (chunk as Buffer).length
      onProgress(sent)
    }
    yield tail
  }

  return await reach(server.url, signal, async () => {
    const { statusCode, body: answer } = await request(`${server.url}${UPLOAD}`, {
      method: 'POST',
      headers: {
        ...server.headers(),
        'content-type': `multipart/form-data; boundary=${boundary}`,
        'content-length': String(head.length + bytes + tail.length),
      },
      body: Readable.from(body()),
      headersTimeout: ANSWER_TIMEOUT,
      signal,
    })
    const response = { ok: statusCode >= 200 && statusCode < 300, status: statusCode, text: () => answer.text() }
    return ((await readAnswer(server.url, response)) as { upload: SentUpload }).upload
  })
}
