import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { test } from 'node:test'
import { connectionLimit } from './descriptor-limit.ts'

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

test('connections never take more than half of the descriptors', () => {
  for (const descriptors of [64, 256, 1_024, 20_000, 1_048_576]) {
    const connections = connectionLimit(descriptors)
    assert.ok(connections > 0 && connections <= descriptors / 2, `${connections} of ${descriptors}`)
  }
  assert.equal(connectionLimit(256), 64)
  assert.equal(connectionLimit(1_024), 384)
})
