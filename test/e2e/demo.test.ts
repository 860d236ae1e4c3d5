import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { mirrorCell, writeMirror } from '#test/cells.ts'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { type ServerProcess, startServerProcess } from '#test/server-process.ts'

let folder: string
let database: TestDatabase
let demo: ServerProcess
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartroom-demo-'))
  database = await createTestDatabase()
  const mirror = path.join(folder, 'mirror')
  await writeMirror(mirror, [mirrorCell({ name: 'XX5DEMO1' })])
  const settings = {
    DATA_DIR: path.join(folder, 'data'),
    DATABASE_URL: database.url,
    PUBLIC_CHARTS_URL: `file://${path.join(mirror, 'ENCProdCat.xml')}`,
    LOG_LEVEL: 'trace',
  }
  demo = await startServerProcess(settings, ['demo'])
})
after(async () => {
  await demo?.end('SIGTERM')
  await database?.close()
  await rm(folder, { recursive: true, force: true })
})

test('the demo ends with a URL that opens its refresh in the portal with a session, which no log line contains', async () => {
  const address = await new Promise<URL>((resolve, reject) => {
    const look = () => {
      const found = /^ {2}(http\S+\/sign-in\?\S+)\n/m.exec(demo.output())?.[1]
      if (found !== undefined) resolve(new URL(found))
    }
    demo.child.stdout?.on('data', look)
    demo.child.once('exit', () => reject(new Error(demo.output())))
    look()
  })
  const told = demo
    .output()
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('{"level"'))
  assert.equal(told.at(-1)?.trim(), address.href, 'it is the last line that is not of the log')
  const session = new URLSearchParams(address.hash.slice(1)).get('session') ?? assert.fail(address.href)
  const jobId = /^\/jobs\/([0-9a-f-]{36})$/.exec(address.searchParams.get('next') ?? '')?.[1] ?? assert.fail(address.href)
  const headers = { authorization: `Bearer ${session}` }
  const answer = await fetch(`${demo.url}/api/portal/v1/jobs/${jobId}`, { headers })
  assert.equal(answer.status, 200)
  const job = (await answer.json()) as { jobType: string; jobState: string }
  assert.deepEqual([job.jobType, job.jobState], ['refresh-public-charts', 'completed'])

  // The browser asks for the page without the fragment.
  assert.notEqual((await fetch(`${demo.url}${address.pathname}${address.search}`)).status, 404)
  const logged = demo
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{"level"'))
  assert.ok(logged.length > 0)
  assert.deepEqual(
    logged.filter((line) => line.includes(session)),
    [],
  )
})
