import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, test } from 'node:test'
import { CellReadError, createCellReader } from '#charts/reading/cell-reader.ts'
import { openCompiledCell } from '#compiled/read/open-compiled-cell.ts'
import { MachineFaultError } from '#lib/machine-fault.ts'
import { writeCatalogueFile } from '#s57/writer/write-catalogue-file.ts'
import { sampleCell, sampleFeatures, sampleRename, zipOf } from '#test/cells.ts'
import type { OddTask } from '#test/odd-worker.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-reader-'))
after(() => rm(folder, { recursive: true, force: true }))
const never = new AbortController().signal
const oddWorker = new URL('../support/odd-worker.ts', import.meta.url)

async function zipFile(
  name: string,
  files: readonly (readonly [string, Uint8Array])[],
): Promise<{ path: string; zipName: string }> {
  const file = path.join(folder, name)
  await writeFile(file, await zipOf(files.map(([entry, content]) => ({ path: entry, content }))))
  return { path: file, zipName: name }
}

async function fails(reading: Promise<unknown>, message: RegExp): Promise<void> {
  await assert.rejects(reading, (error) => {
    assert.ok(error instanceof CellReadError, String(error))
    assert.match(error.message, message)
    return true
  })
}

/** Resolves when the odd worker begins a zip. */
async function begins(): Promise<void> {
  const channel = new BroadcastChannel('odd-worker')
  await new Promise((resolve) => {
    channel.onmessage = resolve
  })
  channel.close()
}

test('the cell reader summarises a cell with its updates', async () => {
  const task = await zipFile('good.zip', [
    ['XX5SAMPL.000', sampleCell({ edition: 3, compilationScale: 12_000 })],
    ['XX5SAMPL.001', sampleRename(1, { edition: 3 })],
  ])
  const reader = createCellReader({ threads: 1 })
  try {
    const { summary, compiled } = await reader.read(task, never)
    assert.deepEqual([summary.name, summary.edition, summary.update, summary.compilationScale], ['XX5SAMPL', 3, 1, 12_000])
    assert.equal(summary.cancelled, false)
    assert.equal(summary.featureCount, 9)
    assert.equal(summary.featuresByClass.get('DEPARE'), 2)
    assert.equal(summary.featuresByClass.get('SOUNDG'), 1)
    assert.deepEqual(summary.box, [-30.1, 40, -30, 40.1])
    assert.equal(summary.coverage.coordinates.length, 1)
    assert.deepEqual(summary.warnings, [])
    assert.ok(compiled !== null)
    assert.match(compiled.key, /^compiled\/[0-9a-f]{2}\/[0-9a-f]{64}\.cell$/)
    const { header, featureCount } = openCompiledCell(compiled.bytes.buffer as ArrayBuffer)
    assert.deepEqual([header.name, header.edition, header.update, featureCount], ['XX5SAMPL', 3, 1, 9])
  } finally {
    await reader.close()
  }
})

test('a cell without a coverage area covers no ground but that of its group 1 areas, with a warning', async () => {
  const features = [{ objectClass: 'LIGHTS', geometry: { type: 'Point' as const, coordinates: [10, 50] } }]
  const task = await zipFile('bare.zip', [['XX5SAMPL.000', sampleCell({ features })]])
  const nothing = await zipFile('nothing.zip', [['XX5SAMPL.000', sampleCell({ features: [] })]])
  const reader = createCellReader({ threads: 1 })
  try {
    const { summary } = await reader.read(task, never)
    assert.deepEqual(summary.box, [10, 50, 10, 50])
    assert.deepEqual([summary.overlay, summary.coverage.coordinates], [true, []])
    assert.match(summary.warnings.join(), /has no coverage area/)
    await assert.rejects(reader.read(nothing, never), /none of its features has a position/)
  } finally {
    await reader.close()
  }
})

const inNoSet = { listing: null, certificates: [] }
const signatureRules = { policy: 'off' as const, authorities: [] }

describe('a failing thread fails only its cell', () => {
  for (const [zipName, message] of [
    ['greedy.zip', /^reading greedy\.zip takes more than 48 MB of memory$/],
    ['dying.zip', /^the thread reading dying\.zip ended unexpectedly/],
    ['throwing.zip', /^the thread reading throwing\.zip ended unexpectedly: thrown in the thread$/],
  ] as const) {
    test(zipName, async () => {
      const reader = createCellReader({ threads: 1, memoryMegabytes: 48, worker: oddWorker })
      try {
        await fails(reader.read({ path: '', zipName }, never), message)
        assert.equal(
          (await reader.read({ path: '', zipName: 'next.zip' }, never)).summary.name,
          'next.zip',
          'the reader stays usable',
        )
      } finally {
        await reader.close()
      }
    })
  }

  // The time a thread takes to start depends on the machine, so the test ends the time limit and not a clock.
  test('endless.zip, which exceeds the time limit', async () => {
    const { reader, end } = readerWithDeadline()
    try {
      const begun = begins()
      const reading = fails(
        reader.read({ path: '', zipName: 'endless.zip' }, never),
        /^endless\.zip could not be read within 1 seconds$/,
      )
      await begun
      end()
      await reading
      assert.equal(
        (await reader.read({ path: '', zipName: 'next.zip' }, never)).summary.name,
        'next.zip',
        'the reader stays usable',
      )
    } finally {
      await reader.close()
    }
  })

  test('a thread that dies at the time limit does not take the process down', async () => {
    const { reader, end } = readerWithDeadline()
    const shared = new Int32Array(new SharedArrayBuffer(8))
    try {
      const begun = begins()
      const task: OddTask = { path: '', zipName: 'collapsing.zip', shared }
      const reading = fails(reader.read(task, never), /^collapsing\.zip could not be read within 1 seconds$/)
      await begun
      // Blocks this thread, so that it notices the death of the other only after the time limit.
      Atomics.store(shared, 0, 1)
      Atomics.notify(shared, 0)
      Atomics.wait(shared, 1, 0, 10_000)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
      end()
      await reading
      assert.equal(
        (await reader.read({ path: '', zipName: 'next.zip' }, never)).summary.name,
        'next.zip',
        'the reader stays usable',
      )
    } finally {
      await reader.close()
    }
  })
})

/** A reader for two cells; `end` ends the time limit of the first. */
function readerWithDeadline() {
  const first = new AbortController()
  const given = [first.signal, never].values()
  const deadline = () => given.next().value ?? never
  const reader = createCellReader({ threads: 1, timeoutMilliseconds: 1_000, worker: oddWorker, deadline })
  return { reader, end: () => first.abort() }
}

test('the clock ends the time for a cell', async () => {
  const reader = createCellReader({ threads: 1, timeoutMilliseconds: 100, worker: oddWorker })
  try {
    await fails(reader.read({ path: '', zipName: 'endless.zip' }, never), /^endless\.zip could not be read within 0\.1 seconds$/)
  } finally {
    await reader.close()
  }
})

test('an abort ends the thread and rejects with its reason', async () => {
  const reader = createCellReader({ threads: 1, worker: oddWorker })
  const controller = new AbortController()
  try {
    const begun = begins()
    const reading = assert.rejects(
      reader.read({ path: '', zipName: 'endless.zip' }, controller.signal),
      /cancelled by the operator/,
    )
    await begun
    controller.abort(new Error('cancelled by the operator'))
    await reading
    assert.equal((await reader.read({ path: '', zipName: 'next.zip' }, never)).summary.name, 'next.zip')
  } finally {
    await reader.close()
  }
})

describe('the cell reader bounds what a hostile file costs', () => {
  test('a title of a million characters in CATALOG.031 is cut', async () => {
    const bytes = writeCatalogueFile([{ path: 'XX5SAMPL.000', bytes: sampleCell(), longName: 'a-'.repeat(500_000), box: null }])
    const file = path.join(folder, 'CATALOG.031')
    await writeFile(file, bytes)
    const reader = createCellReader({ threads: 1 })
    try {
      const outcome = await reader.readCatalogueFile({ path: file, name: 'CATALOG.031', bytes: bytes.length, place: null }, never)
      assert.ok(outcome.ok)
      assert.deepEqual(outcome.entries.map((entry) => [entry.path, entry.longName.length]).at(-1), ['XX5SAMPL.000', 300])
    } finally {
      await reader.close()
    }
  })

  test('a CATALOG.031 that takes too much memory is reported, and the reader stays usable', async () => {
    const listed = Array.from({ length: 60_000 }, (_, i) => {
      return { path: `${i}.000`, bytes: Buffer.alloc(1), longName: `title ${i} ${'x'.repeat(200)}`, box: null }
    })
    const bytes = writeCatalogueFile(listed)
    const file = path.join(folder, 'large.031')
    await writeFile(file, bytes)
    const reader = createCellReader({ threads: 1, memoryMegabytes: 16 })
    try {
      const task = { path: file, name: 'CATALOG.031', bytes: bytes.length, place: null }
      const outcome = await reader.readCatalogueFile(task, never)
      assert.deepEqual(
        [outcome.ok, 'message' in outcome && outcome.message],
        [false, 'reading CATALOG.031 takes more than 16 MB of memory'],
      )
      const good = await zipFile('after.zip', [['XX5SAMPL.000', sampleCell()]])
      assert.equal((await reader.read(good, never)).summary.name, 'XX5SAMPL')
    } finally {
      await reader.close()
    }
  })

  test('the files of an uploaded cell may have 128 MB together', async () => {
    const files = Array.from({ length: 20 }, (_, number) => {
      const name = `XX5SAMPL.${String(number).padStart(3, '0')}`
      const common = { id: number, upload: 1, number, listedCrc: null, signature: null, place: null, ...inNoSet }
      return { ...common, name, path: path.join(folder, 'absent'), bytes: 128 * 1024 * 1024 }
    })
    const reader = createCellReader({ threads: 1 })
    try {
      const outcome = await reader.readUploaded({ cell: 'XX5SAMPL', files, current: 1, opening: null, signatureRules }, never)
      assert.ok(!outcome.ok)
      assert.equal(outcome.message, 'the files of XX5SAMPL have 2560 MB together; at most 128 MB are accepted')
    } finally {
      await reader.close()
    }
  })

  test('a value of 200,000 characters is short in the warning about it', async () => {
    const [coverage, ...others] = sampleFeatures()
    const features = [{ ...coverage!, attributes: { CATCOV: '-'.repeat(200_000) } }, ...others]
    const task = await zipFile('catcov.zip', [['XX5SAMPL.000', sampleCell({ features })]])
    const reader = createCellReader({ threads: 1 })
    try {
      const { summary } = await reader.read(task, never)
      assert.deepEqual(summary.warnings, [
        `XX5SAMPL.000, feature 1 (M_COVR): CATCOV is "${'-'.repeat(40)}..." instead of the number of an enumeration; read it as unknown`,
        'a coverage area (M_COVR) has the category ""; it is taken as covered',
      ])
    } finally {
      await reader.close()
    }
  })
})

test('a thread that reads a cell rests while a request waits for its answer', async () => {
  const waitingRequests = new Int32Array(new SharedArrayBuffer(4))
  Atomics.store(waitingRequests, 0, 1)
  const reader = createCellReader({ threads: 1, waitingRequests })
  try {
    const task = await zipFile('polite.zip', [['XX5SAMPL.000', sampleCell()]])
    // The number of threads that were resting. A rest ends soon, also without an answer, and on a busy machine before it is looked at.
    let rested = 0
    for (let n = 0; n < 200 && rested === 0; n++) {
      let over = false
      const reading = reader.read(task, never).finally(() => {
        over = true
      })
      while (!over && rested === 0) {
        rested = Atomics.notify(waitingRequests, 0)
        await new Promise((resolve) => setImmediate(resolve))
      }
      assert.equal((await reading).summary.name, 'XX5SAMPL')
    }
    assert.equal(rested, 1)
  } finally {
    await reader.close()
  }
})

test('a file that this machine cannot read is a fault of the machine and not of the cell', {
  skip: process.platform !== 'linux' && 'needs /proc',
}, async () => {
  const reader = createCellReader({ threads: 1 })
  // Reading the memory of a process at position 0 answers EIO.
  const common = { id: 1, upload: 1, number: 0, listedCrc: null, signature: null, place: null, ...inNoSet }
  const file = { ...common, name: 'XX5SAMPL.000', path: '/proc/self/mem', bytes: 100 }
  try {
    const reading = reader.readUploaded({ cell: 'XX5SAMPL', files: [file], current: 1, opening: null, signatureRules }, never)
    await assert.rejects(reading, MachineFaultError)
  } finally {
    await reader.close()
  }
})
