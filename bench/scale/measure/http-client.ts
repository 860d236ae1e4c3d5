import { Buffer } from 'node:buffer'
import { once } from 'node:events'
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'

/** A response as it came over the wire, not unzipped. */
export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
  /** From the request to the last byte. */
  milliseconds: number
}

export interface Question {
  method?: string
  headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  json?: unknown
}

/** A client with its own connections, like a browser. */
export interface HttpClient {
  ask(url: string, question?: Question): Promise<Answer>
  close(): void
}

export function createHttpClient(connections = 6): HttpClient {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  return {
    async ask(url, { method = 'GET', headers = {}, json } = {}) {
      const body = json === undefined ? null : Buffer.from(JSON.stringify(json))
      const about = body === null ? {} : { 'content-type': 'application/json', 'content-length': String(body.length) }
      const begun = performance.now()
      const sent = request(url, { method, agent, headers: { ...headers, ...about } })
      sent.end(body ?? undefined)
      const [response] = (await once(sent, 'response')) as [IncomingMessage]
      const chunks: Buffer[] = []
      for await (const chunk of response) chunks.push(chunk as Buffer)
      return {
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: Buffer.concat(chunks),
        milliseconds: performance.now() - begun,
      }
    },
    close: () => agent.destroy(),
  }
}
