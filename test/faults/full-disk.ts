import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { sampleCell, zipOf } from '#test/cells.ts'
import type { FaultCase } from './fault-case.ts'
import { attackServer } from './fault-server.ts'

const MEGABYTE = 1_048_576

export const fullDisk: FaultCase = {
  name: 'full-disk',
  title: 'a full disk is a 507 on uploads, costs no chart, and takes uploads again once there is room',
  async run(context) {
    const blobs = path.join(context.folder, 'data', 'blobs')
    await mkdir(blobs, { recursive: true })
    if (process.getuid?.() !== 0) return { skipped: 'mounting a small disk needs root' }
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', blobs])
    if (mounted.status !== 0) return { skipped: `a small disk cannot be mounted: ${mounted.stderr}` }
    try {
      return await attackServer(context, {}, async (server, broken) => {
        const cell = await zipOf([{ path: 'XX5DISK1.000', content: sampleCell({ name: 'XX5DISK1' }) }])
        const first = await server.upload('first.zip', cell)
        const indexed = 'id' in first ? await server.uploadEnd(first.id, 60_000) : null
        if (indexed?.status !== 'succeeded') broken.push('the first upload did not succeed')
        const { bavail, bsize } = await statfs(blobs)
        const filler = path.join(blobs, 'filler')
        await writeFile(filler, Buffer.alloc(bavail * bsize - MEGABYTE))
        const refused = await server.upload('large.zip', await zipOf([{ path: 'A.000', content: randomBytes(4 * MEGABYTE) }]))
        const status = 'refused' in refused ? refused.refused.status : 200
        if (status !== 507) broken.push(`an upload without room was answered ${status}`)
        const cells = await server.send('GET', '/api/portal/v1/charts/cells')
        if (!cells.text.includes('XX5DISK1')) broken.push('the chart of the first upload is not listed any more')
        await rm(filler)
        const again = await server.upload('again.zip', cell)
        const ended = 'id' in again ? await server.uploadEnd(again.id, 60_000) : null
        if (ended?.status !== 'succeeded') broken.push(`an upload with room again: ${ended?.text ?? 'refused'}`)
        return `an upload without room ${status}; with room again ${ended?.status}`
      })
    } finally {
      spawnSync('umount', ['--lazy', blobs])
    }
  },
}
