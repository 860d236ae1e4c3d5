import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { markProcess } from './process-mark.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartroom-mark-'))
})
after(() => rm(folder, { recursive: true, force: true }))

/** Marks a separate process, which then runs `rest`. @returns its id and the end of the process. */
async function markedProcess(rest: string) {
  const module = pathToFileURL(path.join(import.meta.dirname, 'process-mark.ts')).href
  const code = `const { markProcess } = await import(${JSON.stringify(module)})
    const mark = await markProcess(${JSON.stringify(folder)})
    process.stdout.write(mark.id)
    ${rest}`
  const child = spawn(process.execPath, ['--max-old-space-size=64', '--input-type=module', '--eval', code], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const [id] = (await once(child.stdout, 'data')) as [Buffer]
  return { id: id.toString(), child }
}

async function lostNow() {
  const mark = await markProcess(folder)
  await mark.remove()
  return mark.lost
}

test('a process that was killed is lost, for no known reason', async () => {
  const { id, child } = await markedProcess('setInterval(() => {}, 1000)')
  assert.deepEqual(await lostNow(), [])
  child.kill('SIGKILL')
  await once(child, 'exit')
  const lost = await lostNow()
  assert.deepEqual(
    lost.map((each) => [each.id, each.isOutOfMemory]),
    [[id, false]],
  )
  for (const each of lost) await each.forget()
  assert.deepEqual(await readdir(folder), [])
})

test('a process whose heap was full is lost for memory', async () => {
  const { id, child } = await markedProcess(
    'const held = []; setImmediate(() => { for (;;) held.push(new Array(10000).fill(0).map(() => Math.random() + "")) })',
  )
  await once(child, 'exit')
  const lost = await lostNow()
  assert.deepEqual(
    lost.map((each) => [each.id, each.isOutOfMemory]),
    [[id, true]],
  )
  for (const each of lost) await each.forget()
  assert.deepEqual(await readdir(folder), [])
})

test('a process that stopped is not lost', async () => {
  const { child } = await markedProcess('await mark.remove(); process.exit(0)')
  await once(child, 'exit')
  assert.deepEqual(await lostNow(), [])
})
