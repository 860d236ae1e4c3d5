import { Buffer } from 'node:buffer'
import { setTimeout as sleep } from 'node:timers/promises'
import { createRandom } from '#demo/noise.ts'
import { writeCatalogueFile } from '#s57/writer/write-catalogue-file.ts'
import { sampleCell, sampleUpdate, zipOf } from '#test/cells.ts'
import { sharedStreamZip } from '#test/shared-stream-zip.ts'
import type { FaultCase } from './fault-case.ts'
import { attackServer } from './fault-server.ts'

const MEGABYTE = 1_048_576
const UPLOAD_MILLISECONDS = 180_000
/** How much an upload may add to the resident memory of the server. */
const MEGABYTES = 1_024

export const greedyZips: FaultCase = {
  name: 'greedy-zips',
  title: 'small zips that expand far beyond their size fail with a reason, within a bounded memory',
  run: (context) =>
    attackServer(context, {}, async (server, broken) => {
      const seen: string[] = []
      for (const [name, make] of Object.entries(greedy(context.seed))) {
        const zip = await make()
        const before = await server.residentMegabytes()
        let most = before
        let watching = true
        const watch = (async () => {
          while (watching) {
            most = Math.max(most, await server.residentMegabytes())
            await sleep(50)
          }
        })()
        const sent = await server.upload(`${name}.zip`, zip)
        const ended = 'id' in sent ? await server.uploadEnd(sent.id, UPLOAD_MILLISECONDS) : null
        watching = false
        await watch
        const state = 'refused' in sent ? `refused with ${sent.refused.status}` : (ended?.status ?? 'unfinished')
        const reason = ended?.text.split('\n').find((line) => line.startsWith('error: ')) ?? ''
        seen.push(`${name} (${Math.round(zip.length / 1000)} kB): ${state}, +${most - before} MB, ${reason.slice(0, 160)}`)
        if (!server.isRunning()) {
          broken.push(`${name} ended the server`)
          return seen.join('; ')
        }
        if ('id' in sent && ended === null) broken.push(`${name} had not ended after ${UPLOAD_MILLISECONDS / 1000} s`)
        if (most - before > MEGABYTES) broken.push(`${name} took ${most - before} MB`)
        if (ended?.status === 'failed' && reason === '') broken.push(`${name} failed without a reason`)
        if (name === 'overlapping' && ended?.status !== 'failed') broken.push('overlapping entries were accepted')
      }
      return seen.join('; ')
    }),
}

function greedy(seed: number): Record<string, () => Buffer | Promise<Buffer>> {
  const cell = sampleCell({ name: 'XX5AAAA1' })
  const many = (count: number, name: (n: number) => string, content: Uint8Array) =>
    sharedStreamZip(
      [cell, content],
      [{ name: 'XX5AAAA1.000', stream: 0 }, ...Array.from({ length: count }, (_, n) => ({ name: name(n + 1), stream: 1 }))],
    )
  return {
    catalogues: () => many(8, (n) => `F${n}/CATALOG.031`, largeCatalogue()),
    updates: () =>
      many(
        20,
        (n) => `XX5AAAA1.${String(n).padStart(3, '0')}`,
        padded(sampleUpdate({ name: 'XX5AAAA1' }), 127 * MEGABYTE, 1_400_000, seed),
      ),
    permits: () =>
      many(200, (n) => `P${n}/PERMIT.TXT`, padded(Buffer.from(':DATE 20260101 00:00\r\n'), 15 * MEGABYTE, 170_000, seed)),
    names: () =>
      sharedStreamZip(
        [cell],
        Array.from({ length: 2_000 }, (_, n) => ({
          name: `${'n'.repeat(10_000)}${n}.000`,
          stream: 0,
          comment: 'c'.repeat(10_000),
        })),
      ),
    comments: () =>
      sharedStreamZip(
        [cell],
        Array.from({ length: 2_000 }, (_, n) => ({ name: `${n}.000`, stream: 0, comment: 'c'.repeat(20_000) })),
      ),
    overlapping: () =>
      sharedStreamZip(
        [cell],
        ['XX5AAAA1', 'XX5AAAA2'].map((name) => ({ name: `${name}/${name}.000`, stream: 0 })),
      ),
    'long-coverage': async () =>
      await zipOf([
        {
          path: 'XX5AAAA3.000',
          content: sampleCell({
            name: 'XX5AAAA3',
            features: [
              {
                objectClass: 'M_COVR',
                attributes: { CATCOV: '1'.repeat(200_000) },
                geometry: { type: 'Point', coordinates: [-30, 40] },
              },
            ],
          }),
        },
      ]),
  }
}

/** A list of 400,000 files, some 60 MB that deflate to a tenth. */
function largeCatalogue(): Uint8Array {
  const entries = Array.from({ length: 400_000 }, (_, n) => ({
    path: `XX5${String(n).padStart(5, '0')}.000`,
    bytes: Buffer.from(String(n)),
    longName: `A chart of the coast, sheet ${n}`,
    box: null,
  }))
  return writeCatalogueFile(entries)
}

/** `content`, so many random bytes, and zeros to the length: it deflates to little more than the random bytes. */
function padded(content: Uint8Array, length: number, randomBytes: number, seed: number): Buffer {
  const random = createRandom(seed)
  const all = Buffer.alloc(length)
  all.set(content)
  for (let i = 0; i < randomBytes; i++) all[content.length + i] = random() * 256
  return all
}
