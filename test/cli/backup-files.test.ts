import assert from 'node:assert/strict'
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { runChartroom } from '#test/server-process.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-backup-files-'))
await chmod(folder, 0o755)
after(async () => await rm(folder, { recursive: true, force: true }))

test('a restore of a file that cannot be read is wrong usage, and leaves the data directory as it was', async () => {
  const dataDir = path.join(folder, 'data')
  for (const file of [path.join(folder, 'no-such.tar'), folder]) {
    const { code, output } = await runChartroom({ DATA_DIR: dataDir }, ['restore', file])
    assert.equal(code, 2, output)
    assert.match(output, /there is no such file|is not a file/)
    assert.deepEqual(await readdir(folder), [], 'not even the data directory is made')
  }
})

test('a backup into the place of a folder is wrong usage, before anything is written', async () => {
  const { code, output } = await runChartroom({ DATA_DIR: path.join(folder, 'data') }, ['backup', folder])
  assert.equal(code, 2, output)
  assert.match(output, /is a folder: give the name of the file to write/)
})
