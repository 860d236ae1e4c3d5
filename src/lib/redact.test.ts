import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLog } from './log.ts'
import { redactJson, redactJsonLine, redactSecrets } from './redact.ts'

const SECRET = 'c4n4ryS3cr3tV4lue99'

/** Texts with a secret in them, as errors, addresses and headers have them. */
const LEAKS = [
  `login with password=${SECRET} failed`,
  `PGPASSWORD=${SECRET} psql`,
  `{"token":"${SECRET}"}`,
  `{\\"api_key\\":\\"${SECRET}\\"}`,
  `Authorization: Basic ${SECRET}==`,
  `sent bearer ${SECRET}`,
  `AWS_SECRET_ACCESS_KEY=${SECRET}`,
  `cookie: ${SECRET}`,
  `connect https://me:${SECRET}@mirror.example/ENCs`,
  `connect https://${SECRET}@mirror.example/ENCs`,
  `connect https://me:p@${SECRET}@mirror.example/ENCs`,
  `GET https://blob.example/a.zip?sv=2024&sig=${SECRET}`,
  `GET https://s3.example/a.zip?X-Amz-Credential=${SECRET}&X-Amz-Signature=${SECRET}`,
  `GET /ENCs/a.zip?access_token=${SECRET}#top`,
  `GET https://cdn.example/a.zip?Policy=${SECRET}&Key-Pair-Id=${SECRET}`,
]
for (const leak of LEAKS) {
  test(`the secret in ${leak} is hidden`, () => {
    const shown = redactSecrets(leak)
    assert.ok(!shown.includes(SECRET), shown)
    assert.ok(shown.includes('[redacted]'))
  })
}

const HARMLESS = [
  'cell US5SAVCH has no key features',
  'GET https://charts.noaa.gov/ENCs/ENCProdCat.xml?design=2&page=3',
  'the token was refused',
  '2 of 3 tokens: expired',
  'mail to charts@example.org, see https://example.org/a@b',
]
for (const text of HARMLESS) test(`${text} stays as it is`, () => assert.equal(redactSecrets(text), text))

test('secrets in the texts of a JSON value are hidden, and its numbers, dates and other texts stay', () => {
  const at = new Date(0)
  const value = {
    cells: 3,
    at,
    list: [`token=${SECRET}`, 'US5SAVCH', null],
    password: SECRET,
    nested: { url: `ftp://a:${SECRET}@b/c` },
  }
  assert.deepEqual(redactJson(value), {
    ...{ cells: 3, at, list: ['token=[redacted]', 'US5SAVCH', null], password: '[redacted]' },
    nested: { url: 'ftp://[redacted]@b/c' },
  })
})

test('a line of JSON with a secret stays a line of JSON', () => {
  const line = redactJsonLine(`${JSON.stringify({ msg: LEAKS.join(' and "'), n: 1 })}\n`)
  assert.ok(line.endsWith('}\n'))
  assert.deepEqual(Object.keys(JSON.parse(line)), ['msg', 'n'])
  assert.ok(!line.includes(SECRET))
})

test('no secret reaches the server log, whether in a message, a field, an error, its cause or its stack', () => {
  const lines: string[] = []
  const log = createLog('debug', { write: (line) => void lines.push(line) })
  for (const leak of LEAKS) {
    log.info(leak)
    log.warn({ err: new Error(leak, { cause: new Error(leak) }), req: { url: leak } }, `failed: ${leak}`)
    log.child({ address: leak }).error('of a child')
  }
  log.info({ password: SECRET, nested: { token: SECRET } }, 'fields')
  assert.equal(lines.length, 3 * LEAKS.length + 1)
  for (const line of lines) {
    assert.ok(!line.includes(SECRET), line)
    assert.equal(typeof JSON.parse(line).level, 'string')
  }
})
