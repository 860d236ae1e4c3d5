import { writeCatalogueFile } from '#s57/writer/write-catalogue-file.ts'
import { sampleCell, zipOf } from '#test/cells.ts'
import type { FaultCase } from './fault-case.ts'
import { attackServer } from './fault-server.ts'
import { watchLiveness } from './watch-liveness.ts'

const CHARACTERS = 1_000_000
const UPLOAD_MILLISECONDS = 120_000

export const longTitle: FaultCase = {
  name: 'long-title',
  title: 'a title of a million characters in CATALOG.031 holds up nothing else',
  run: (context) =>
    attackServer(context, {}, async (server, broken) => {
      const bytes = sampleCell({ name: 'XX5LONG1' })
      // A path that leads outside the set: the warning about it repeats it.
      const outside = { path: `../${'a-'.repeat(CHARACTERS / 2)}`, bytes: new Uint8Array(), longName: '', box: null }
      const zip = await zipOf([
        { path: 'XX5LONG1.000', content: bytes },
        { path: 'CATALOG.031', content: writeCatalogueFile([outside]) },
      ])
      const liveness = await watchLiveness(server)
      const sent = await server.upload('long-title.zip', zip)
      if ('refused' in sent) broken.push(`the upload was refused with ${sent.refused.status}`)
      const ended = 'id' in sent ? await server.uploadEnd(sent.id, UPLOAD_MILLISECONDS) : null
      // A server that is held answers nothing for minutes.
      if (ended === null) server.child.kill('SIGKILL')
      const { worst, limit } = await liveness.stop()
      if (ended === null) broken.push(`the upload had not ended after ${UPLOAD_MILLISECONDS / 1000} s`)
      if (worst > limit) broken.push(`/health/live took ${worst} ms, more than ${limit} ms`)
      return `${zip.length} bytes; upload ${ended?.status ?? 'unfinished'}; /health/live at most ${worst} ms`
    }),
}
