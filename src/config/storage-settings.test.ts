import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigError } from './config-error.ts'
import { createSettingsReader } from './settings-reader.ts'
import { objectStorage } from './storage-settings.ts'

function read(env: Record<string, string>) {
  const reader = createSettingsReader(env)
  const settings = objectStorage(reader)
  reader.finish()
  return settings
}

const refuses = (env: Record<string, string>, words: RegExp) =>
  assert.throws(
    () => read(env),
    (error) => error instanceof ConfigError && words.test(error.problems.join('\n')),
  )

test('without S3_BUCKET there is no object storage, and its other variables are refused', () => {
  assert.equal(read({}), null)
  refuses({ S3_ENDPOINT: 'http://s3.example', S3_REGION: 'x' }, /S3_ENDPOINT, S3_REGION without S3_BUCKET/)
})

test('a bucket without an endpoint is Amazon’s, with the credentials of the machine', () => {
  assert.deepEqual(read({ S3_BUCKET: 'charts' }), {
    endpoint: null,
    bucket: 'charts',
    region: 'us-east-1',
    credentials: null,
    forcePathStyle: false,
    prefix: '',
    cacheBytes: 2 ** 31,
  })
})

test('with an endpoint the bucket is part of the path, and a prefix ends in one slash', () => {
  const settings = read({
    S3_BUCKET: 'charts',
    S3_ENDPOINT: 'http://127.0.0.1:9000/',
    S3_ACCESS_KEY_ID: 'id',
    S3_SECRET_ACCESS_KEY: 'secret ',
    S3_PREFIX: '/chartroom/harbour/',
  })
  assert.deepEqual(
    [settings?.endpoint, settings?.forcePathStyle, settings?.prefix],
    ['http://127.0.0.1:9000', true, 'chartroom/harbour/'],
  )
  assert.deepEqual(settings?.credentials, { accessKeyId: 'id', secretAccessKey: 'secret ' })
  assert.equal(read({ S3_BUCKET: 'charts', S3_ENDPOINT: 'http://a', S3_FORCE_PATH_STYLE: 'no' })?.forcePathStyle, false)
})

test('a wrong value names its variable and never shows a secret', () => {
  refuses({ S3_BUCKET: 'My Bucket' }, /S3_BUCKET is "My Bucket"; it takes the name of a bucket/)
  refuses(
    { S3_BUCKET: 'charts', S3_ENDPOINT: 's3.example:9000' },
    /S3_ENDPOINT is "s3\.example:9000"; it takes the http or https address/,
  )
  refuses({ S3_BUCKET: 'charts', S3_ENDPOINT: 'http://me:hidden@s3.example' }, /^(?!.*hidden)S3_ENDPOINT cannot be used/)
  refuses({ S3_BUCKET: 'charts', S3_ACCESS_KEY_ID: 'id' }, /S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY belong together/)
  refuses({ S3_BUCKET: 'charts', S3_PREFIX: '../x y' }, /S3_PREFIX is/)
})
