import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'

test('a drawing thread loads the code that draws and no client of the database', async () => {
  const source = `
    const { registerHooks } = await import('node:module')
    const { parentPort } = await import('node:worker_threads')
    const loaded = []
    registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) })
    await import(${JSON.stringify(import.meta.resolve('./tile-worker.ts'))})
    parentPort.postMessage(loaded)`
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`))
  const [loaded] = (await once(worker, 'message')) as [string[]]
  await worker.terminate()
  assert.ok(loaded.some((url) => url.endsWith('/draw-tile.ts')))
  assert.deepEqual(
    loaded.filter((url) => /\/node_modules\/(kysely|pg)\//.test(url)),
    [],
  )
})
