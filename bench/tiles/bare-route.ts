// A separate process, started by bench-serving.ts: one Fastify route that sends the answers it was given.
import type { AddressInfo } from 'node:net'
import fastify from 'fastify'

export interface KeptAnswer {
  path: string
  headers: Record<string, string>
  body: Uint8Array
}

process.once('message', async (answers: KeptAnswer[]) => {
  const kept = new Map(answers.map(({ path, headers, body }) => [path, { headers, body: Buffer.from(body) }]))
  const app = fastify()
  app.get('/*', (request, reply) => {
    const answer = kept.get(request.url)
    if (answer === undefined) return reply.code(404).send()
    return reply.headers(answer.headers).send(answer.body)
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  process.send!((app.server.address() as AddressInfo).port)
})
process.once('disconnect', () => process.exit())
