import { request } from 'node:http'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

const BOUNDARY = '----chartroom-benchmark'

/** Streams a file as multipart/form-data. @returns the body of the answer. @throws Error unless the status is 200. */
export async function sendFile(
  url: string,
  token: string,
  file: { name: string; content: Readable; bytes: number },
): Promise<string> {
  const head = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: application/octet-stream\r\n\r\n`
  const tail = `\r\n--${BOUNDARY}--\r\n`
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
    'content-length': head.length + file.bytes + tail.length,
  }
  const sending = request(url, { method: 'POST', headers })
  const answer = new Promise<string>((resolve, reject) => {
    sending.on('error', reject).on('response', (response) => {
      response.setEncoding('utf8')
      let text = ''
      response.on('data', (chunk: string) => (text += chunk)).on('error', reject)
      response.on('end', () =>
        response.statusCode === 200 ? resolve(text) : reject(new Error(`${response.statusCode}: ${text.slice(0, 500)}`)),
      )
    })
  })
  await Promise.all([pipeline(wrapped(head, file.content, tail), sending), answer])
  return await answer
}

async function* wrapped(head: string, content: Readable, tail: string): AsyncIterable<string | Buffer> {
  yield head
  yield* content as AsyncIterable<Buffer>
  yield tail
}
