import { fork } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { parseArgs } from 'node:util'
import { sampleCell, zipOf } from '#test/cells.ts'
import { startServerProcess } from '#test/server-process.ts'
import { type LargeSet, largeSet } from './upload/large-set.ts'
import { residentMemory } from './upload/resident-memory.ts'
import { sendFile } from './upload/send-file.ts'

const MEGABYTE = 1024 * 1024

/**
 * Measures the resident memory of a real server process during an upload of nearly 1 GB (`--megabytes N`, 1023): a zip of stored
 * noise with one cell, generated while it is sent. Compares it with a bare process that only writes the body to disk. Small uploads
 * come first, to load code and worker threads. Linux only: it reads `/proc`.
 */
export async function run(rest: string[]): Promise<void> {
  const options = { megabytes: { type: 'string', default: '1023' }, seed: { type: 'string', default: '1' } } as const
  const { values } = parseArgs({ args: rest, options })
  const bytes = Number(values.megabytes) * MEGABYTE
  const folder = await mkdtemp(path.join(os.tmpdir(), 'chartroom-bench-'))
  // When the server runs as root, PostgreSQL runs as another user, who needs access.
  await chmod(folder, 0o755)
  try {
    const { bavail, bsize } = await statfs(folder)
    if (bavail * bsize < 3 * bytes) throw new Error(`${folder} has too little space; it needs three times the size of the upload`)
    const make = () => largeSet(bytes, Number(values.seed), [{ path: 'ENC_ROOT/XX5SAMPL.000', content: sampleCell() }])
    await benchServer(path.join(folder, 'data'), make)
    await benchBare(path.join(folder, 'body'), make)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function benchServer(dataDir: string, make: () => Promise<LargeSet>): Promise<void> {
  const server = await startServerProcess({ DATA_DIR: dataDir, LOG_LEVEL: 'warn' })
  try {
    const login = await fetch(`${server.url}/api/portal/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password: 'admin' }),
    })
    const { token } = (await login.json()) as { token: { id: string } }
    const url = `${server.url}/api/portal/v1/charts/upload`
    const send = async (file: Parameters<typeof sendFile>[2]) =>
      (JSON.parse(await sendFile(url, token.id, file)) as { upload: { id: number } }).upload.id
    const ended = async (id: number) => {
      for (;;) {
        const answer = await fetch(`${server.url}/api/portal/v1/charts/uploads/${id}`, {
          headers: { authorization: `Bearer ${token.id}` },
        })
        const { upload } = (await answer.json()) as { upload: { status: string; logs: unknown[] } }
        if (upload.status === 'succeeded') return
        if (upload.status === 'failed') throw new Error(JSON.stringify(upload.logs))
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
    for (let n = 0; n < 5; n++) {
      const zip = await zipOf([{ path: 'XX5SAMPL.000', content: sampleCell({ edition: n + 1 }) }])
      await ended(await send({ name: 'small.zip', content: Readable.from([zip]), bytes: zip.length }))
    }
    const memory = residentMemory(server.child.pid!)
    await memory.reset()
    const before = await memory.now()
    const start = performance.now()
    const set = await make()
    const id = await send({ name: 'large.zip', ...set })
    const sent = performance.now()
    const peak = await memory.peak()
    await ended(id)
    const read = performance.now()
    report('Chartroom', set.bytes, sent - start, before, peak)
    const grown = inMegabytes((await memory.peak()) - before)
    console.log(
      `${''.padEnd(16)} with the job that reads it, which ended ${(read - sent).toFixed(0)} ms later: at most ${grown} MB more`,
    )
  } finally {
    await server.end('SIGTERM')
  }
}

async function benchBare(file: string, make: () => Promise<LargeSet>): Promise<void> {
  const child = fork(path.join(import.meta.dirname, 'upload/bare-server.ts'), [file], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  try {
    const [port] = (await once(child, 'message')) as [number]
    const send = (set: LargeSet) => sendFile(`http://127.0.0.1:${port}/`, '', { name: 'large.zip', ...set })
    for (let n = 0; n < 5; n++) await send({ content: Readable.from([Buffer.alloc(MEGABYTE)]), bytes: MEGABYTE })
    const memory = residentMemory(child.pid!)
    await memory.reset()
    const before = await memory.now()
    const start = performance.now()
    const set = await make()
    await send(set)
    report('body to a file', set.bytes, performance.now() - start, before, await memory.peak())
  } finally {
    child.disconnect()
    await once(child, 'exit')
  }
}

function report(name: string, bytes: number, milliseconds: number, before: number, peak: number): void {
  const speed = (bytes / 1e3 / milliseconds).toFixed(0)
  console.log(
    `${name.padEnd(16)} ${(bytes / 1e6).toFixed(0)} MB in ${(milliseconds / 1e3).toFixed(1)} s, ${speed} MB/s; ` +
      `resident before ${inMegabytes(before)} MB, peak ${inMegabytes(peak)} MB: ${inMegabytes(peak - before)} MB more`,
  )
}

/** Megabytes of 1,000,000 bytes, as in all figures. */
function inMegabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0)
}
