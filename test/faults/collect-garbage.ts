import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultServer } from './fault-server.ts'

/** What a server needs in its environment for `collectGarbage`: a free port for its inspector. */
export const COLLECTABLE = { NODE_OPTIONS: '--inspect-port=127.0.0.1:0' }

const ADDRESS = /Debugger listening on (ws:\/\/\S+)/

/** Has the main thread of a server collect its garbage, by Node's inspector, and give the free pages back. */
export async function collectGarbage(server: FaultServer): Promise<void> {
  server.child.kill('SIGUSR1')
  for (const deadline = performance.now() + 10_000; !ADDRESS.test(server.output()); await sleep(20)) {
    if (performance.now() > deadline) throw new Error('the inspector of the server did not open')
  }
  const socket = new WebSocket(ADDRESS.exec(server.output())?.[1] ?? '')
  await event(socket, 'open')
  // Twice, because the first collection may only finish what an incremental one has begun.
  for (const id of [1, 2]) {
    socket.send(JSON.stringify({ id, method: 'HeapProfiler.collectGarbage' }))
    await event(socket, 'message')
  }
  socket.close()
  // Pages go back to the system on a thread of their own.
  await sleep(500)
}

function event(socket: WebSocket, name: 'open' | 'message'): Promise<unknown> {
  return new Promise((resolve, reject) => {
    socket.addEventListener(name, resolve, { once: true })
    socket.addEventListener('error', () => reject(new Error('the inspector of the server does not answer')), { once: true })
  })
}
