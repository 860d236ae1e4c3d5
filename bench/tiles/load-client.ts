import { once } from 'node:events'
import { connect } from 'node:net'

const END = Buffer.from('\r\n\r\n')

/**
 * Sends requests in rotation over several connections, each as soon as the last answer has arrived. It runs on bare sockets, so that
 * the client is never the bottleneck.
 *
 * @returns answers per second.
 * @throws Error for an answer that is not 200.
 */
export async function askFor(
  port: number,
  requests: readonly Buffer[],
  options: { connections: number; milliseconds: number },
): Promise<number> {
  const begun = performance.now()
  let answers = 0
  const one = async (offset: number) => {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    socket.setNoDelay(true)
    let next = offset
    let head: Buffer = Buffer.alloc(0)
    let missing = 0
    const ask = () => socket.write(requests[next++ % requests.length]!)
    const done = Promise.withResolvers<void>()
    socket.on('error', done.reject)
    const answered = () => {
      answers++
      if (performance.now() - begun < options.milliseconds) ask()
      else done.resolve()
    }
    socket.on('data', (chunk) => {
      if (missing > 0) {
        missing -= chunk.length
        if (missing === 0) answered()
        return
      }
      head = head.length === 0 ? chunk : Buffer.concat([head, chunk])
      const end = head.indexOf(END)
      if (end < 0) return
      const text = head.toString('latin1', 0, end)
      if (!text.startsWith('HTTP/1.1 200')) return done.reject(new Error(text))
      missing = Number(/^content-length: (\d+)/im.exec(text)?.[1]) - (head.length - end - END.length)
      head = Buffer.alloc(0)
      if (missing === 0) answered()
    })
    ask()
    await done.promise
    socket.destroy()
  }
  await Promise.all(Array.from({ length: options.connections }, (_, i) => one(i * 17)))
  return answers / ((performance.now() - begun) / 1_000)
}
