import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CliError, EXIT } from '../frame/exit-codes.ts'
import { readAnswer } from './server-call.ts'

const URL = 'https://charts.example/enc'
const answer = (status: number, text: string) => ({ ok: false, status, text: async () => text })

test('what a reverse proxy answers by itself is told apart from the server, and says what to do', async () => {
  for (const status of [502, 503, 504]) {
    await assert.rejects(readAnswer(URL, answer(status, '<h1>Bad Gateway</h1>')), (error: Error) => {
      assert.ok(error instanceof CliError)
      assert.equal(error.exitCode, EXIT.unreachable)
      assert.match(error.message, /^A reverse proxy answers at https:\/\/charts\.example\/enc, but the server behind it does not/)
      return true
    })
  }
  await assert.rejects(readAnswer(URL, answer(413, '<h1>Too Large</h1>')), /larger than a reverse proxy .*client_max_body_size/)
  const problem = JSON.stringify({ code: 'UNAVAILABLE', detail: 'The server is starting.' })
  await assert.rejects(readAnswer(URL, answer(503, problem)), /The server is starting\.$/)
})
