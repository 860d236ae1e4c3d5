import assert from 'node:assert/strict'
import { once } from 'node:events'
import os from 'node:os'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'

const skip = process.platform === 'linux' ? false : 'threads have no priority of their own here'

test('a background thread has a lower priority than the thread that answers requests', { skip }, async () => {
  const module = new URL('./background-thread.ts', import.meta.url).href
  const code = `
    const { readFileSync } = await import('node:fs')
    const { parentPort } = await import('node:worker_threads')
    const { runInBackground } = await import('${module}')
    runInBackground()
    const stat = readFileSync('/proc/thread-self/stat', 'utf8')
    // proc(5): nice is field 19; the name in brackets may hold spaces.
    parentPort.postMessage(Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]))
  `
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`))
  const [nice] = (await once(worker, 'message')) as [number]
  await worker.terminate()
  assert.equal(nice, os.getPriority() + 5)
})
