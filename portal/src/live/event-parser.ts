/** One event of an event stream, as the server sent it. */
export interface StreamEvent {
  /** `message` when the event names no type. */
  name: string
  data: string
  /** The last id seen so far, or null. */
  id: string | null
}

/** Called for each complete event, and for each reconnection time (milliseconds) that the server names. */
export interface EventSink {
  onEvent(event: StreamEvent): void
  onRetry(milliseconds: number): void
}

/**
 * Parses an event stream piece by piece (WHATWG HTML, 9.2.6).
 *
 * @returns a function that takes the next piece of decoded text; a piece may end anywhere, even between CR and LF.
 */
export function createEventParser({ onEvent, onRetry }: EventSink): (text: string) => void {
  let rest = ''
  let name = ''
  let data: string[] = []
  let id: string | null = null

  function dispatch(): void {
    if (data.length > 0) onEvent({ name: name === '' ? 'message' : name, data: data.join('\n'), id })
    name = ''
    data = []
  }

  function line(text: string): void {
    if (text === '') {
      dispatch()
      return
    }
    const colon = text.indexOf(':')
    if (colon === 0) return
    const field = colon < 0 ? text : text.slice(0, colon)
    const value = colon < 0 ? '' : text.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') name = value
    else if (field === 'data') data.push(value)
    else if (field === 'id' && !value.includes('\0')) id = value
    else if (field === 'retry' && /^\d+$/.test(value)) onRetry(Number(value))
  }

  return (text) => {
    rest += text
    for (;;) {
      const end = /\r\n|\n|\r/.exec(rest)
      if (end === null) return
      // A CR at the end of the piece may be half of a CR LF.
      if (end[0] === '\r' && end.index === rest.length - 1) return
      const complete = rest.slice(0, end.index)
      rest = rest.slice(end.index + end[0].length)
      line(complete)
    }
  }
}
