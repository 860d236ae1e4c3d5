import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, chmod, cp, mkdir, mkdtemp, readdir, readlink, realpath, rm, stat, truncate } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { silentLog } from '#lib/log.ts'
import { findBundle } from './bundle.ts'
import { copyBundle } from './copy-bundle.ts'
import { linkLibraries } from './link-libraries.ts'
import { preparePrograms } from './prepare-programs.ts'

const log = silentLog()
const asRootOnly = { skip: process.getuid?.() === 0 ? false : 'needs root' }
const nobody = { uid: 65_534, gid: 65_534 }

let top: string
before(async () => {
  top = await realpath(await mkdtemp(path.join(os.tmpdir(), 'chartroom-programs-')))
  await chmod(top, 0o755)
})
after(() => rm(top, { recursive: true, force: true }))

/**
 * A copy of the bundle without links, as an installation without install scripts leaves it. It lacks the thousand files that only a
 * running server needs, because these tests copy and compare it often.
 */
async function installation(name: string) {
  const bundle = await findBundle()
  const native = path.join(top, name, 'native')
  const needed = /^([^/]+\.json|bin(\/\w+)?|lib(\/[^/]+\.so[^/]*)?|share(\/postgresql(\/postgres\.bki)?)?)?$/
  const filter = (source: string) => needed.test(path.relative(bundle.native, source))
  await cp(bundle.native, native, { recursive: true, verbatimSymlinks: true, filter })
  for (const entry of await readdir(path.join(native, 'lib'), { withFileTypes: true })) {
    if (entry.isSymbolicLink()) await rm(path.join(native, 'lib', entry.name))
  }
  return { ...bundle, native }
}

test('two starts at once create the missing library links in place, once', async () => {
  const bundle = await installation('in-place')
  assert.deepEqual(await Promise.all([linkLibraries(bundle.native), linkLibraries(bundle.native)]), [true, true])
  assert.equal(await readlink(path.join(bundle.native, 'lib', 'libpq.so.5')), 'libpq.so.5.18')
  const programs = await preparePrograms({ bundle, account: null, linkFolder: path.join(top, 'unused'), log })
  assert.match(programs.version, /^18\./)
  await assert.rejects(stat(path.join(top, 'unused')), { code: 'ENOENT' })
})

test('for a normal user with a read-only installation, the links go to the data directory', asRootOnly, async (t) => {
  const bundle = await installation('read-only')
  const links = path.join(top, 'links-parent')
  await mkdir(links)
  await chmod(links, 0o777)
  const code = `
    const { preparePrograms } = await import(${JSON.stringify(new URL('./prepare-programs.ts', import.meta.url).href)})
    const programs = await preparePrograms({ bundle: ${JSON.stringify(bundle)}, account: null, linkFolder: ${JSON.stringify(path.join(links, 'lib'))}, log: null })
    const run = await programs.run('initdb', ['--version'])
    console.log(run.stdout, run.stderr)`
  const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module']
  const child = spawn(process.execPath, [...flags, '-e', code], { cwd: '/', stdio: ['ignore', 'pipe', 'pipe'], ...nobody })
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  if (/EACCES/.test(err)) return t.skip('other accounts cannot read this checkout')
  assert.match(out, /initdb \(PostgreSQL\) 18\./, err)
  assert.ok((await readdir(path.join(links, 'lib'))).includes('libpq.so.5'))
})

test(
  'when only root can enter the installation, root makes a copy that others can run, reuses it, and replaces a changed one',
  asRootOnly,
  async () => {
    const bundle = await installation('hidden')
    await chmod(path.join(top, 'hidden'), 0o700)
    const place = path.join(top, 'cache')
    const programs = await preparePrograms({
      bundle,
      account: nobody,
      linkFolder: path.join(top, 'unused'),
      copyPlaces: [place],
      log,
    })
    assert.match((await programs.run('initdb', ['--version'])).stdout, /18\./)
    const [name = ''] = await readdir(place)
    const copy = path.join(place, name)
    const made = await stat(copy)

    // The source has its links now, which does not change its content.
    assert.equal(await copyBundle(bundle, log, [place]), copy)
    assert.equal((await stat(copy)).ino, made.ino)

    await appendFile(path.join(copy, 'bin', 'pg_ctl'), 'x')
    assert.equal(await copyBundle(bundle, log, [place]), copy)
    assert.equal(
      (await stat(path.join(copy, 'bin', 'pg_ctl'))).size,
      (await stat(path.join(bundle.native, 'bin', 'pg_ctl'))).size,
    )

    await chmod(path.join(copy, 'bin', 'postgres'), 0o777)
    await copyBundle(bundle, log, [place])
    assert.equal((await stat(path.join(copy, 'bin', 'postgres'))).mode & 0o777, 0o755)
    assert.deepEqual(await readdir(place), [name])
  },
)

test('a folder that other accounts can write to is not used for the copy', asRootOnly, async () => {
  const bundle = await installation('passed-over')
  const open = path.join(top, 'open')
  await mkdir(open)
  await chmod(open, 0o777)
  const good = path.join(top, 'good')
  assert.equal(path.dirname(await copyBundle(bundle, log, [open, good])), good)
  assert.deepEqual(await readdir(open), [])
})

test('the error for programs that do not start quotes their message and names an alternative', async () => {
  const bundle = await installation('broken')
  // Broken and not removed, because the system may have a program of the same name.
  await truncate(path.join(bundle.native, 'lib', 'libicuuc.so.60.2'), 100)
  await assert.rejects(
    preparePrograms({ bundle, account: null, linkFolder: path.join(top, 'unused'), log }),
    /does not start here \(.*libicuuc.*\).*DATABASE_URL/,
  )
})
