import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { writeMirror } from '#test/cells.ts'
import { freePort } from '#test/free-port.ts'
import { runChartroom } from '#test/server-process.ts'
import { NO_SWIFT, type SwiftServer, startSwift } from '#test/swift/swift-server.ts'

// Where an S3 service can run, the demo uses a bucket; cluster.test.ts has the cluster that shares a data directory.
test('the cluster demo shares a refresh, prints the share of each worker, and leaves no process running', {
  timeout: 300_000,
}, async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-cluster-demo-'))
  await using swift = NO_SWIFT === false ? await startSwift() : null
  try {
    const mirror = path.join(folder, 'mirror')
    await writeMirror(
      mirror,
      Array.from({ length: 12 }, (_, n) => ({ name: `XX5${String(n).padStart(5, '0')}` })),
    )
    // The API and three workers have ports in a row.
    const port = await freePort(4)
    const { code, output } = await runChartroom(
      {
        DATA_DIR: path.join(folder, 'data'),
        PUBLIC_CHARTS_URL: pathToFileURL(path.join(mirror, 'ENCProdCat.xml')).href,
        PORT: String(port),
        LOG_LEVEL: '',
        ...(swift === null ? {} : await bucketOf(swift)),
      },
      swift === null ? ['cluster-demo'] : ['cluster-demo', '--s3'],
    )
    assert.equal(code, 0, output)
    assert.match(output, /100 % {2}completed/)
    const rows = [...output.matchAll(/^ {2}(worker-\d) +(\d+) +(\d+) +(\d+) +(\d+)$/gm)]
    const sum = (column: number) => rows.reduce((total, row) => total + Number(row[column]), 0)
    assert.deepEqual([sum(2), sum(3), sum(4), sum(5)], [3, 12, 0, 0], output)
    assert.match(output, /"indexed": 12/)
    for (const url of output.match(/http:\/\/127\.0\.0\.1:\d+/g) ?? []) await assert.rejects(fetch(url), 'still running')
    if (swift !== null) {
      for (const name of ['api', 'worker-1', 'worker-2', 'worker-3']) {
        assert.ok(!(await readdir(path.join(folder, 'data', 'cluster', name))).includes('blobs'), name)
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

/** The variables of a new bucket. */
async function bucketOf(swift: SwiftServer): Promise<Record<string, string>> {
  const { endpoint, bucket, credentials } = await swift.bucket('demo')
  return {
    S3_ENDPOINT: endpoint ?? '',
    S3_BUCKET: bucket,
    S3_ACCESS_KEY_ID: credentials?.accessKeyId ?? '',
    S3_SECRET_ACCESS_KEY: credentials?.secretAccessKey ?? '',
  }
}
