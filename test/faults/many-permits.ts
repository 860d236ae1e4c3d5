import type { FaultCase } from './fault-case.ts'
import { attackServer } from './fault-server.ts'
import { watchLiveness } from './watch-liveness.ts'

/** As large as a permit file may be. */
const BYTES = 4 * 1024 * 1024
const UPLOAD_MILLISECONDS = 120_000

export const manyPermits: FaultCase = {
  name: 'many-permits',
  title: 'a permit file of two million lines holds up nothing else',
  run: (context) =>
    attackServer(
      context,
      { S63_MANUFACTURER_ID: '10', S63_MANUFACTURER_KEY: '98765', S63_HARDWARE_ID: '12345' },
      async (server, broken) => {
        const start = ':DATE 20260101\n:ENC\n'
        const file = Buffer.from(start + 'a\n'.repeat((BYTES - start.length) / 2))
        const liveness = await watchLiveness(server)
        const sent = await server.upload('PERMIT.TXT', file)
        if ('refused' in sent) broken.push(`the upload was refused with ${sent.refused.status}`)
        const ended = 'id' in sent ? await server.uploadEnd(sent.id, UPLOAD_MILLISECONDS) : null
        const { worst, limit } = await liveness.stop()
        if (ended === null) broken.push(`the upload had not ended after ${UPLOAD_MILLISECONDS / 1000} s`)
        if (ended !== null && !ended.text.includes('no permit is usable')) broken.push(`the upload ended with ${ended.text}`)
        if (worst > limit) broken.push(`/health/live took ${worst} ms, more than ${limit} ms`)
        return `${file.length} bytes; upload ${ended?.status ?? 'unfinished'}; /health/live at most ${worst} ms`
      },
    ),
}
