import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, test } from 'node:test'
import { ZipFile } from 'yazl'
import { readCellFiles } from './read-cell-files.ts'
import { ZipError } from './zip-error.ts'
import { CELL_ZIP_LIMITS, type ZipLimits } from './zip-limits.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-zip-'))
after(() => rm(folder, { recursive: true, force: true }))

type Entry = [path: string, content: string | Buffer, options?: { mode?: number; compress?: boolean }]

async function zipOf(...entries: Entry[]): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content, options] of entries) zip.addBuffer(Buffer.from(content), name, { ...options })
  zip.end()
  return Buffer.concat(await Array.fromAsync(zip.outputStream as AsyncIterable<Buffer>))
}

/** The same zip with a name replaced by one of equal length, as no honest zip program would write it. */
function renamed(zip: Buffer, from: string, to: string): Buffer {
  assert.equal(from.length, to.length)
  return Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1')
}

let count = 0
async function read(zip: Buffer, limits?: Partial<ZipLimits>) {
  const file = path.join(folder, `${++count}.zip`)
  await writeFile(file, zip)
  return await readCellFiles(file, 'test.zip', { ...CELL_ZIP_LIMITS, ...limits })
}

async function refuses(zip: Buffer, message: RegExp, limits?: Partial<ZipLimits>): Promise<void> {
  await assert.rejects(read(zip, limits), (error) => {
    assert.ok(error instanceof ZipError, String(error))
    assert.match(error.message, message)
    assert.match(error.message, /^test\.zip[:,]/, 'the message names the zip')
    return true
  })
}

const base: Entry = ['ENC_ROOT/AA5AAAA1/AA5AAAA1.000', 'the base']

describe('a cell is found', () => {
  for (const [title, ...entries] of [
    ['in the layout of NOAA', base, ['ENC_ROOT/AA5AAAA1/AA5AAAA1.002', 'two'], ['ENC_ROOT/AA5AAAA1/AA5AAAA1.001', 'one']],
    ['at the top', ['AA5AAAA1.000', 'the base'], ['AA5AAAA1.001', 'one'], ['AA5AAAA1.002', 'two']],
    ['in lower case', ['enc_root/aa5aaaa1.000', 'the base'], ['enc_root/aa5aaaa1.001', 'one'], ['enc_root/aa5aaaa1.002', 'two']],
    [
      'in a folder an update',
      ['AA/9/0/AA5AAAA1.000', 'the base'],
      ['AA/9/2/AA5AAAA1.002', 'two'],
      ['AA/9/1/AA5AAAA1.001', 'one'],
    ],
    [
      'among other files',
      ['ENC_ROOT/CATALOG.031', 'not a cell'],
      ['ENC_ROOT/README.TXT', 'hello'],
      base,
      ['ENC_ROOT/AA5AAAA1/AA5AAAA1.001', 'one'],
      ['ENC_ROOT/AA5AAAA1/AA5AAAA1.002', 'two'],
      ['ENC_ROOT/AA5AAAA1/AA5AAA1A.TXT', 'a note'],
    ],
  ] as const satisfies readonly (readonly [string, ...Entry[]])[]) {
    test(title, async () => {
      const files = await read(await zipOf(...entries))
      assert.equal(files.name, 'AA5AAAA1')
      assert.deepEqual(
        [files.base, ...files.updates].map((file) => [file.name, Buffer.from(file.bytes).toString()]),
        [
          ['AA5AAAA1.000', 'the base'],
          ['AA5AAAA1.001', 'one'],
          ['AA5AAAA1.002', 'two'],
        ],
      )
    })
  }

  test('the cell of a zip is found under a path with backslashes', async () => {
    const zip = renamed(await zipOf(base), 'ENC_ROOT/AA5AAAA1/AA5AAAA1.000', 'ENC_ROOT\\AA5AAAA1\\AA5AAAA1.000')
    assert.equal((await read(zip)).name, 'AA5AAAA1')
  })
})

describe('the reader of cell zips refuses a zip with', () => {
  test('no .000', async () => refuses(await zipOf(['README.TXT', 'x']), /it has no base cell file/))
  test('an empty zip', async () => refuses(await zipOf(), /it has no base cell file/))
  test('only an update', async () => refuses(await zipOf(['AA5AAAA1.001', 'x']), /it has no base cell file/))
  test('two cells', async () =>
    refuses(await zipOf(base, ['AA5AAAA2.000', 'x']), /the cells AA5AAAA1 and AA5AAAA2; one cell per zip/))
  test('one cell twice, with different contents', async () =>
    refuses(await zipOf(base, ['old/AA5AAAA1.000', 'x']), /AA5AAAA1\.000 twice/))
})

describe('the reader of cell zips', () => {
  const updatesOf = ({ updates }: Awaited<ReturnType<typeof read>>) => updates.map((file) => file.name)

  test("ignores another cell's update and second copies, with warnings", async () => {
    const files = await read(
      await zipOf(
        base,
        ['old/AA5AAAA1.000', 'the base'],
        ['AA5AAAA2.001', 'x'],
        ['a/AA5AAAA1.001', 'x'],
        ['b/AA5AAAA1.001', 'x'],
        ['AA5AAAA1.002', 'y'],
      ),
    )
    assert.deepEqual([updatesOf(files), files.stoppedBy], [['AA5AAAA1.001', 'AA5AAAA1.002'], null])
    assert.deepEqual(files.warnings, [
      'AA5AAAA2.001 was ignored: it is an update of another cell than AA5AAAA1',
      'the base file occurs twice with the same content; one copy was used',
      'update 1 occurs twice with the same content; one copy was used',
    ])
  })

  test('stops before an update that occurs twice with different contents', async () => {
    const files = await read(
      await zipOf(base, ['AA5AAAA1.001', 'x'], ['a/AA5AAAA1.002', 'x'], ['b/AA5AAAA1.002', 'y'], ['AA5AAAA1.003', 'z']),
    )
    assert.deepEqual(updatesOf(files), ['AA5AAAA1.001'])
    assert.equal(files.stoppedBy, 'update 2 of AA5AAAA1 occurs twice with different contents')
  })

  test('stops before an update that is a symbolic link, and passes over other files that cannot be unpacked', async () => {
    const files = await read(
      await zipOf(
        base,
        ['AA5AAAA1.001', 'x'],
        ['AA5AAAA1.002', '/etc/passwd', { mode: 0o120777 }],
        ['AA5AAAA1.003', 'z'],
        ['LINK.TXT', '/etc/passwd', { mode: 0o120777 }],
        ['BLANK.TIF', Buffer.alloc(20_000_000)],
        ['NOTE.TXT', 'a note'],
      ),
    )
    assert.deepEqual([updatesOf(files), files.others], [['AA5AAAA1.001'], ['NOTE.TXT']])
    assert.match(files.stoppedBy ?? '', /entry "AA5AAAA1\.002": it is a symbolic link/)
  })
})

describe('the reader of cell zips refuses a broken zip', () => {
  test('an empty file', async () => refuses(Buffer.alloc(0), /it is not a zip, or it is truncated/))
  test('not a zip', async () => refuses(Buffer.from('<html>busy</html>'.repeat(50)), /it is not a zip, or it is truncated/))

  test('a zip truncated at any byte', async () => {
    const whole = await zipOf(base)
    for (let end = 0; end < whole.length; end++) await refuses(whole.subarray(0, end), /./)
  })

  test('a zip with any byte changed yields its files or a ZipError', async () => {
    const whole = await zipOf(base, ['AA5AAAA1.001', 'x'.repeat(100)])
    for (let at = 0; at < whole.length; at++) {
      const damaged = Buffer.from(whole)
      damaged[at] = damaged[at]! ^ 0xff
      try {
        const files = await read(damaged)
        assert.equal(Buffer.from(files.base.bytes).toString(), 'the base', `byte ${at} changed the content unnoticed`)
      } catch (error) {
        if (!(error instanceof ZipError)) throw error
      }
    }
  })

  test('a wrong checksum', async () => {
    const zip = await zipOf([base[0], 'the base', { compress: false }])
    await refuses(
      renamed(zip, 'the base', 'the bass'),
      /entry "ENC_ROOT\/AA5AAAA1\/AA5AAAA1\.000": it is damaged: its checksum is wrong/,
    )
  })
})

describe('the reader of cell zips refuses a hostile zip', () => {
  const long = 'ENC_ROOT/AA5AAAA1.000'
  for (const [title, name] of [
    ['a path upwards', '../ROOT/../AA5AAA.000'],
    ['an absolute path', '/etc/ABC/AA5AAAA1.000'],
    ['a drive', 'C:/_ROOT/AA5AAAA1.000'],
    ['backslashes upwards', '..\\ROOT\\..\\AA5AA1.000'],
    ['an absolute backslash', '\\etc\\ABC\\AA5AAAA1.000'],
  ] as const) {
    test(title, async () => refuses(renamed(await zipOf([long, 'x'], base), long, name), /its path leads outside the zip/))
  }

  test('a symbolic link', async () => {
    await refuses(
      await zipOf(['AA5AAAA1.000', '/etc/passwd', { mode: 0o120777 }]),
      /entry "AA5AAAA1\.000": it is a symbolic link/,
    )
  })

  test('an encrypted file', async () => {
    const zip = await zipOf(base)
    const central = zip.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
    zip[central + 8] = zip[central + 8]! | 1
    await refuses(zip, /it is encrypted/)
  })

  test('an unknown compression', async () => {
    const zip = await zipOf(base)
    zip.writeUInt16LE(99, zip.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02])) + 10)
    await refuses(zip, /compression method 99 is not supported/)
  })

  test('two files whose names differ only in case', async () => {
    await refuses(await zipOf(base, [base[0].toLowerCase(), 'x']), /it occurs twice in the zip/)
  })

  test('too many entries', async () => {
    const many = Array.from({ length: 11 }, (_, i): Entry => [`${i}.txt`, ''])
    await refuses(await zipOf(...many), /it has 11 entries; at most 10 are accepted/, { entries: 10 })
  })

  test('a zip bomb', async () => {
    await refuses(
      await zipOf(['AA5AAAA1.000', Buffer.alloc(20_000_000)]),
      /more than 100-fold when unpacked; it may be a zip bomb/,
    )
  })

  test('a zip bomb of many files', async () => {
    const parts = Array.from({ length: 10 }, (_, i): Entry => [`${i}.txt`, Buffer.alloc(1_000_000)])
    await refuses(await zipOf(...parts), /would unpack to more than 5 MB/, { totalBytes: 5 * 1024 * 1024 })
  })

  test('a file that is too large', async () => {
    await refuses(
      await zipOf(['AA5AAAA1.000', Buffer.alloc(3_000_000), { compress: false }]),
      /larger than 2 MB, the limit for one file/,
      {
        fileBytes: 2 * 1024 * 1024,
      },
    )
  })

  test('a file larger than its announced size is inflated no further', async () => {
    const zip = await zipOf(['AA5AAAA1.000', Buffer.alloc(5_000_000)])
    const central = zip.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
    zip.writeUInt32LE(100, central + 24)
    await refuses(zip, /it is damaged|instead of/)
  })

  test('control characters in a name are escaped in the message', async () => {
    const zip = renamed(await zipOf(['XXXX/AA5AAAA1.000', 'x', { mode: 0o120777 }]), 'XXXX/', '\u001b[2J/')
    await refuses(zip, /\\u001b\[2J/)
  })

  test('reading zips writes nothing to disk', async () => {
    assert.ok((await readdir(folder)).every((name) => /^\d+\.zip$/.test(name)))
  })
})
