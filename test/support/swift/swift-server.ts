import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { CreateBucketCommand } from '@aws-sdk/client-s3'
import { createS3Client } from '#storage/s3/s3-client.ts'
import type { S3Settings } from '#storage/s3/s3-settings.ts'

const PYTHON = '/usr/bin/python3'
const CREDENTIALS = { accessKeyId: 'test:chartroom', secretAccessKey: 'secret-of-the-tests' }

/** Why OpenStack Swift cannot run here, for `skip`; false where it can. */
export const NO_SWIFT =
  spawnSync(PYTHON, ['-c', 'import swift.proxy.server, swift.common.middleware.s3api.s3api'], { stdio: 'ignore' }).status !== 0 &&
  'OpenStack Swift is not installed (Debian packages swift-proxy, swift-account, swift-container and swift-object)'

/** A real S3 service: OpenStack Swift with its s3api. */
export interface SwiftServer {
  port: number
  credentials: typeof CREDENTIALS
  /** The settings of a bucket, which is created. */
  bucket(name: string, prefix?: string): Promise<S3Settings>
  /** Adds objects of 11 bytes to the listing of a bucket, without their content: as many as no test has time to store. */
  fillListing(bucket: string, prefix: string, count: number): void
  /** Ends the service at once; `start` brings it back with its objects. */
  kill(): Promise<void>
  start(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Starts OpenStack Swift on a free port, with its objects in a temporary folder. */
export async function startSwift(): Promise<SwiftServer> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'chartroom-swift-'))
  let port = 0
  let child: ChildProcess | null = null

  async function start(): Promise<void> {
    const begun = spawn(
      PYTHON,
      [path.join(import.meta.dirname, 'serve.py'), folder, String(port), ...Object.values(CREDENTIALS)],
      {
        stdio: ['pipe', 'pipe', 'pipe'],
      },
    )
    child = begun
    let errors = ''
    begun.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-5_000)
    })
    const lines = createInterface(begun.stdout)
    const [first] = (await Promise.race([once(lines, 'line'), once(begun, 'exit').then(() => [])])) as [string?]
    if (first === undefined) throw new Error(`Swift did not start:\n${errors}`)
    port = Number(first)
  }

  async function kill(): Promise<void> {
    const ending = child
    child = null
    if (ending === null || ending.exitCode !== null || ending.signalCode !== null) return
    const gone = once(ending, 'exit')
    ending.kill('SIGKILL')
    await gone
  }

  await start()
  return {
    get port() {
      return port
    },
    credentials: CREDENTIALS,
    async bucket(name, prefix = '') {
      const endpoint = `http://127.0.0.1:${port}`
      const settings = { endpoint, bucket: name, region: 'us-east-1', credentials: CREDENTIALS, forcePathStyle: true, prefix }
      const client = createS3Client(settings)
      await client.send(new CreateBucketCommand({ Bucket: name }))
      client.destroy()
      return settings
    },
    fillListing(bucket, prefix, count) {
      const script = path.join(import.meta.dirname, 'fill.py')
      const filled = spawnSync(PYTHON, [script, folder, bucket, prefix, String(count)], { encoding: 'utf8' })
      if (filled.status !== 0) throw new Error(`the listing was not filled:\n${filled.stderr}`)
    },
    kill,
    start,
    async [Symbol.asyncDispose]() {
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
