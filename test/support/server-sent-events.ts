import { type ClientRequest, type IncomingMessage, request } from 'node:http'

export interface ServerSentEvent {
  name: string
  id: string | null
  data: unknown
}

/** A client of server-sent events on its own socket, which reads only on demand. */
export interface EventClient {
  status: number
  headers: IncomingMessage['headers']
  /** Received events that `next` has not returned yet, without comments. */
  comments(): number
  /** Returns the next matching event and skips those before it; rejects when the stream ends first. */
  next(fits?: (event: ServerSentEvent) => boolean): Promise<ServerSentEvent>
  /** All events so far. */
  all(): readonly ServerSentEvent[]
  /** Stops and resumes reading from the socket. */
  pause(): void
  resume(): void
  /** Resolves when the server has ended the stream or closed the connection. */
  ended: Promise<void>
  close(): void
}

/** Opens a stream; for a response that is not a stream, `next` rejects and `status` says why. */
export async function openEvents(url: string, token: string, headers: Record<string, string> = {}): Promise<EventClient> {
  const sent: ClientRequest = request(url, { agent: false, headers: { authorization: `Bearer ${token}`, ...headers } })
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve).once('error', reject).end()
  })
  const events: ServerSentEvent[] = []
  const waiting = new Set<() => void>()
  let comments = 0
  let rest = ''
  let over = false
  const end = Promise.withResolvers<void>()
  const wake = () => {
    for (const one of waiting) one()
  }
  response.setEncoding('utf8')
  response.on('data', (chunk: string) => {
    const blocks = (rest + chunk).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      if (block.startsWith(':')) comments++
      else if (!block.startsWith('retry:')) events.push(parse(block))
    }
    wake()
  })
  response.on('error', () => {})
  sent.on('error', () => {})
  response.once('close', () => {
    over = true
    end.resolve()
    wake()
  })
  let read = 0
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    comments: () => comments,
    all: () => events,
    next(fits = () => true) {
      return new Promise((resolve, reject) => {
        const look = () => {
          while (read < events.length) {
            const event = events[read++]
            if (event !== undefined && fits(event)) {
              waiting.delete(look)
              resolve(event)
              return
            }
          }
          if (over) {
            waiting.delete(look)
            reject(new Error('the event stream has ended'))
          }
        }
        waiting.add(look)
        look()
      })
    },
    pause: () => void response.pause(),
    resume: () => void response.resume(),
    ended: end.promise,
    close: () => void sent.destroy(),
  }
}

function parse(block: string): ServerSentEvent {
  const event: ServerSentEvent = { name: 'message', id: null, data: null }
  for (const line of block.split('\n')) {
    const [, field, value = ''] = /^([a-z]+): (.*)$/.exec(line) ?? []
    if (field === 'event') event.name = value
    else if (field === 'id') event.id = value
    else if (field === 'data') event.data = JSON.parse(value)
    else throw new Error(`not a line of an event: ${line}`)
  }
  return event
}
