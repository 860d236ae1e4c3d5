// Plain JavaScript for Node 20, like scripts/run.mjs, which loads it before anything is installed.
import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** How long a lock may go untouched; a busy machine may hold its owner up for seconds. */
const STALE_MILLISECONDS = 15_000

/**
 * Waits until no other process does the same work: two at once would each remove what the other has just written.
 *
 * The holder of the lock touches its file each second. A pid in it would prove nothing: after a crash another program may have
 * it, and in a container it often does.
 *
 * @param {string} file of the lock
 * @param {string} work what is done, for the messages: `installing the dependencies`
 * @param {NodeJS.WriteStream} out where the messages go
 * @returns {Promise<() => void>} releases the lock
 * @throws {Error} when the file cannot be written
 */
export async function takeTurn(file, work, out = process.stderr) {
  const mine = `${process.pid} ${randomUUID()}`
  let seen = null
  let seenSince = 0
  for (let told = false; ; ) {
    try {
      writeFileSync(file, mine, { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw new Error(`cannot write to ${path.dirname(file)}: ${error.message}`)
    }
    const state = stateOf(file)
    if (state !== seen) {
      seen = state
      seenSince = performance.now()
    } else if (state !== null && performance.now() - seenSince > STALE_MILLISECONDS) {
      out.write(`The process that was ${work} has gone: taking over ...\n`)
      rmSync(file, { force: true })
    }
    if (!told) out.write(`Another process is ${work}: waiting for it ...\n`)
    told = true
    await sleep(300)
  }
  const touching = setInterval(() => touch(file), 1_000)
  touching.unref()
  process.on('exit', release)
  return release
  function release() {
    clearInterval(touching)
    if (readIfThere(file) === mine) rmSync(file, { force: true })
  }
}

/** Shows waiting processes that the holder of the lock is alive; does not create a lock that is gone. */
function touch(file) {
  try {
    utimesSync(file, new Date(), new Date())
  } catch {
    // Another process removed the lock: the work continues.
  }
}

/** Changes whenever the lock is touched or taken again; null without a lock. */
function stateOf(file) {
  try {
    return `${statSync(file).mtimeMs} ${readFileSync(file, 'utf8')}`
  } catch {
    return null
  }
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
