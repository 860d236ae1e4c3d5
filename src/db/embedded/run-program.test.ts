import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import { calledWithoutDescriptors } from '#test/starved.ts'
import { runProgram } from './run-program.ts'

test('a program that is not there is reported as one that failed, with the reason', async () => {
  const { code, stderr } = await runProgram('no-such-program', [], { account: null })
  assert.equal(code, null)
  assert.match(stderr, /ENOENT/)
})

test('a program that cannot be started for want of file descriptors is reported as one that failed', {
  skip: process.platform !== 'linux' && 'needs ulimit',
}, () => {
  const file = path.join(import.meta.dirname, 'run-program.ts')
  const result = calledWithoutDescriptors(file, 'runProgram', 'id', ['-u'], { account: null })
  assert.deepEqual(JSON.parse(result), { code: null, stdout: '', stderr: 'spawn id EMFILE' })
})
