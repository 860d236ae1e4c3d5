import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { test } from 'node:test'

const module = path.resolve(import.meta.dirname, '../../bin/hand-over.mjs')

/** What a program sees that was started in place of another one. */
function handedOver(environment: Record<string, string>): { flags: string[]; malloc: Record<string, string> } {
  const shows = 'const { env, execArgv } = process; console.log(JSON.stringify({ env, execArgv }))'
  const source = `import { handOver, serverFlags } from ${JSON.stringify(module)}
    handOver(process.execPath, [...serverFlags(), '-e', ${JSON.stringify(shows)}], { isServer: true })`
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', source], { env: environment, encoding: 'utf8' })
  assert.equal(run.status, 0, run.stderr)
  const { env, execArgv } = JSON.parse(run.stdout) as { env: Record<string, string>; execArgv: string[] }
  return {
    flags: execArgv.filter((flag) => /^--(max-semi|heap)/.test(flag)),
    malloc: Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('MALLOC_'))),
  }
}

test('a server sized for 2 GB has less space for objects, and gives large pieces of memory back at once', () => {
  assert.deepEqual(handedOver({ MEMORY_LIMIT_BYTES: `${2 ** 31}` }), {
    flags: ['--max-semi-space-size=4', '--heap-growing-percent=20'],
    malloc: { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072' },
  })
  assert.deepEqual(handedOver({ MEMORY_LIMIT_BYTES: `${2 ** 33}` }), {
    flags: ['--max-semi-space-size=32'],
    malloc: { MALLOC_ARENA_MAX: '2' },
  })
})

test('settings of the C library that an operator has made stay', () => {
  const { malloc } = handedOver({ MEMORY_LIMIT_BYTES: `${2 ** 31}`, MALLOC_ARENA_MAX: '4', MALLOC_MMAP_THRESHOLD_: '1000000' })
  assert.deepEqual(malloc, { MALLOC_ARENA_MAX: '4', MALLOC_MMAP_THRESHOLD_: '1000000' })
})
