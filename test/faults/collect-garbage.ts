import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultServer } from './fault-server.ts'

/** What a server needs in its environment for `collectGarbage`: a free port for its inspector. */
export const COLLECTABLE = { NODE_OPTIONS: '--inspect-port=127.0.0.1:0' }

const ADDRESS = /Debugger listening on (ws:\/\/\S+)/
/** How long threads may take to collect, and to give their pages back. */
const SETTLING_MILLISECONDS = 1_500

/** Has all threads of a server collect their garbage, by Node's inspector, and give the free pages back. */
export async function collectGarbage(server: FaultServer): Promise<void> {
  server.child.kill('SIGUSR1')
  for (const deadline = performance.now() + 10_000; !ADDRESS.test(server.output()); await sleep(20)) {
    if (performance.now() > deadline) throw new Error('the inspector of the server did not open')
  }
  const socket = new WebSocket(ADDRESS.exec(server.output())?.[1] ?? '')
  await opened(socket)
  let id = 0
  const message = (method: string, params: object = {}) => JSON.stringify({ id: ++id, method, params })
  // A worker thread announces itself; its own messages travel inside those of the main thread.
  socket.addEventListener('message', ({ data }) => {
    const { method, params } = JSON.parse(String(data)) as { method?: string; params?: { sessionId: string } }
    if (method !== 'NodeWorker.attachedToWorker' || params === undefined) return
    const collect = message('HeapProfiler.collectGarbage')
    socket.send(message('NodeWorker.sendMessageToWorker', { sessionId: params.sessionId, message: collect }))
  })
  socket.send(message('NodeWorker.enable', { waitForDebuggerOnStart: false }))
  // Twice, because the first collection may only finish what an incremental one has begun.
  for (let round = 0; round < 2; round++) socket.send(message('HeapProfiler.collectGarbage'))
  await sleep(SETTLING_MILLISECONDS)
  socket.send(message('NodeWorker.disable'))
  socket.close()
}

function opened(socket: WebSocket): Promise<unknown> {
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true })
    socket.addEventListener('error', () => reject(new Error('the inspector of the server does not answer')), { once: true })
  })
}
