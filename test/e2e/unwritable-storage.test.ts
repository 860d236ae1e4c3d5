import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { sampleCell, zipOf } from '#test/cells.ts'
import { type ServerProcess, startServerProcess } from '#test/server-process.ts'

// The kernel mounts a disk with faults read-only while servers write to it.

const TOKEN = 'c0ffee'.padEnd(32, '0')
const isRoot = process.getuid?.() === 0

let folder: string
let blobs: string
let server: ServerProcess
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartroom-unwritable-'))
  await chmod(folder, 0o755)
  blobs = path.join(folder, 'data', 'blobs')
  await mkdir(blobs, { recursive: true })
  server = await startServerProcess({ DATA_DIR: path.join(folder, 'data'), PROVISIONING_DEFAULT_TOKEN: TOKEN })
})
after(async () => {
  await server?.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
})

/** Root may write everywhere except to a disk that is mounted read-only. */
async function refuseWrites(): Promise<boolean> {
  if (isRoot) return spawnSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', blobs]).status === 0
  await chmod(blobs, 0o500)
  return true
}

async function allowWrites(): Promise<void> {
  if (isRoot) spawnSync('umount', ['--lazy', blobs])
  else await chmod(blobs, 0o700)
}

async function upload(): Promise<Response> {
  const body = new FormData()
  const zip = await zipOf([{ path: 'XX5DISK1.000', content: sampleCell({ name: 'XX5DISK1' }) }])
  body.set('file', new Blob([Uint8Array.from(zip)]), 'charts.zip')
  const headers = { authorization: `Bearer ${TOKEN}` }
  return await fetch(`${server.url}/api/portal/v1/charts/upload`, { method: 'POST', headers, body })
}

test('an upload to a storage that takes no files is a 503, its log says why, and the next one works again', async (t) => {
  if (!(await refuseWrites())) return t.skip('a read-only disk cannot be mounted here')
  try {
    const refused = await upload()
    const { code, detail } = (await refused.json()) as { code: string; detail: string }
    assert.deepEqual([refused.status, code], [503, 'UNAVAILABLE'])
    assert.match(detail, /^The storage of the server cannot be used at the moment: nothing was stored\./)
    assert.ok(refused.headers.get('retry-after'))
    // The log comes through a pipe, perhaps after the answer.
    const said = /the storage folder .*blobs is on a disk that is mounted read-only|may not write to the storage/
    for (let tries = 0; tries < 200 && !said.test(server.output()); tries++) await setTimeout(50)
    assert.match(server.output(), said)
  } finally {
    await allowWrites()
  }
  assert.equal((await upload()).status, 200)
})
