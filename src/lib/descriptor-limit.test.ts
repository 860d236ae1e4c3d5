import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { test } from 'node:test'
import { connectionLimit, descriptorAdvice } from './descriptor-limit.ts'

const file = path.join(import.meta.dirname, 'descriptor-limit.ts')
const script = `import { descriptorLimit } from ${JSON.stringify(file)}; console.log(descriptorLimit())`
const isLinux = process.platform === 'linux'

test('the descriptor limit is that of the process, raised to the hard limit', { skip: !isLinux && 'needs /proc' }, () => {
  const shell = (limits: string) =>
    execFileSync('/bin/sh', ['-c', `${limits}; exec "$0" "$@"`, process.execPath, '--input-type=module', '-e', script], {
      encoding: 'utf8',
    }).trim()
  assert.equal(shell('ulimit -n 200'), '200')
  assert.equal(shell('ulimit -Sn 200; ulimit -Hn 300'), '300')
})

test('the advice on a shortage of descriptors names the limit, also while no file can be opened', {
  skip: !isLinux && 'needs /proc',
}, () => {
  const starve = `import { openSync } from 'node:fs'
import { descriptorAdvice } from ${JSON.stringify(file)}
try { for (;;) openSync('/dev/null') } catch (error) { console.log(descriptorAdvice(new Error('cannot read a chart', { cause: error }))) }`
  const out = execFileSync(
    '/bin/sh',
    ['-c', 'ulimit -n 100; exec "$0" "$@"', process.execPath, '--input-type=module', '-e', starve],
    {
      encoding: 'utf8',
    },
  )
  assert.match(out, /^This process may not open more than 100 files and sockets: raise the limit, with "ulimit -n 65536"/)
})

test('the advice tells the limit of the machine from that of the process, and other errors have none', () => {
  const coded = (code: string, message: string) => Object.assign(new Error(message), { code })
  assert.match(descriptorAdvice(coded('ENFILE', 'ENFILE: file table overflow, open')) ?? '', /^This machine has .*fs\.file-max/)
  assert.match(descriptorAdvice(new Error('FATAL:  insufficient file descriptors available')) ?? '', /^This process/)
  assert.equal(descriptorAdvice(coded('EACCES', 'EACCES: permission denied, open')), null)
  assert.equal(descriptorAdvice(undefined), null)
})

test('connections never take more than half of the descriptors', () => {
  for (const descriptors of [64, 256, 1_024, 20_000, 1_048_576]) {
    const connections = connectionLimit(descriptors)
    assert.ok(connections > 0 && connections <= descriptors / 2, `${connections} of ${descriptors}`)
  }
  assert.equal(connectionLimit(256), 64)
  assert.equal(connectionLimit(1_024), 384)
})
