import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultCase } from './fault-case.ts'
import { attackServer } from './fault-server.ts'
import { watchLiveness } from './watch-liveness.ts'

const STOP_MILLISECONDS = 15_000
/** How long the slow clients are watched before the stop. */
const CALM_MILLISECONDS = 3_000

/** How much the slow clients of each kind have sent when they stop. */
function kinds(token: string): Record<string, string> {
  const head = 'Host: localhost\r\n'
  const login = `POST /api/portal/v1/auth/login HTTP/1.1\r\n${head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"user`
  return {
    'unfinished headers': `GET /health/live HTTP/1.1\r\n${head}X-Slow: `,
    'unfinished body': login,
    'reads nothing': `GET /api/openapi.json HTTP/1.1\r\n${head}\r\n`,
    idle: `GET /health/live HTTP/1.1\r\n${head}\r\n`,
    'event stream': `GET /api/portal/v1/jobs/events HTTP/1.1\r\n${head}Authorization: Bearer ${token}\r\n\r\n`,
  }
}

/** Opens this many connections of each kind, watches liveness during that time, and stops the server. */
export function slowClients(name: string, count: number): FaultCase {
  return {
    name,
    title: `${count * 5} slow connections of five kinds hold up neither liveness nor a stop`,
    run: (context) =>
      attackServer(context, {}, async (server, broken) => {
        const liveness = await watchLiveness(server)
        const port = Number(new URL(server.url).port)
        const sockets: Socket[] = []
        for (const [kind, sent] of Object.entries(kinds(server.token))) {
          for (let i = 0; i < count; i++) {
            const socket = connect(port, '127.0.0.1')
            socket.on('error', () => undefined)
            if (kind === 'reads nothing') socket.pause()
            else socket.resume()
            await once(socket, 'connect').catch(() => undefined)
            socket.write(sent)
            sockets.push(socket)
          }
        }
        await sleep(CALM_MILLISECONDS)
        const { worst, limit } = await liveness.stop()
        if (worst > limit) broken.push(`/health/live took ${worst} ms, more than ${limit} ms`)
        const started = performance.now()
        const force = setTimeout(() => server.child.kill('SIGKILL'), 6 * STOP_MILLISECONDS)
        const code = await server.end('SIGTERM')
        clearTimeout(force)
        const took = Math.round(performance.now() - started)
        if (code === null) broken.push(`the stop had not ended after ${(6 * STOP_MILLISECONDS) / 1000} s`)
        else if (took > STOP_MILLISECONDS) broken.push(`the stop took ${took} ms, more than ${STOP_MILLISECONDS} ms`)
        for (const socket of sockets) socket.destroy()
        return `${sockets.length} connections; /health/live at most ${worst} ms; exit code ${code} after ${took} ms`
      }).then(withoutItsEnd),
  }
}

/** This case stops the server itself. */
function withoutItsEnd({ broken, seen }: { broken: string[]; seen: string }) {
  return { broken: broken.filter((each) => !each.startsWith('the server has ended')), seen }
}
