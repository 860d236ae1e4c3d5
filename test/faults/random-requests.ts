import fc from 'fast-check'
import { COLLECTABLE, collectGarbage } from './collect-garbage.ts'
import type { FaultCase } from './fault-case.ts'
import { attackServer, type FaultServer } from './fault-server.ts'
import { fill, routes, summarize, type WalkRequest, walk } from './walk-routes.ts'

const BATCH = 500
/** Requests after which resident memory is taken, the first time for the level of the server. */
const STRETCH = 10_000
const GROWTH = 1.1

export const randomRequests: FaultCase = {
  name: 'random-requests',
  title: 'requests by chance are answered with no 5xx, and memory stays level',
  run: (context) =>
    attackServer(context, { LOG_LEVEL: 'warn', ...COLLECTABLE }, async (server, broken) => {
      // Streams and jobs that others would wait for are left out; uploads need a form.
      const all = routes().filter(({ path }) => !/\/events$|\/upload$|\/charts\/refresh$/.test(path))
      const arbitrary = fc.constantFrom(...all).chain((route) =>
        fc
          .record({
            values: fc.dictionary(fc.constantFrom('id', 'z', 'x', 'y', 'name', 'file'), pathValue()),
            query: fc.array(fc.tuple(queryName(route.parameters.map(({ name }) => name)), text()), { maxLength: 3 }),
            body: route.body === null ? fc.constant(undefined) : bodyOf(Object.keys(route.body.properties ?? {})),
          })
          .map(({ values, query, body }): WalkRequest => {
            const search = query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
            const target = fill(route, values) + (search === '' ? '' : `?${search}`)
            return { method: route.method, target, ...(body === undefined ? {} : { body }) }
          }),
      )
      const faults: string[] = []
      const levels: number[] = []
      let sent = 0
      for (; sent < context.requests && server.isRunning(); sent += BATCH) {
        if (sent > 0 && sent % STRETCH === 0) levels.push(await levelOf(server))
        faults.push(...(await walk(server, fc.sample(arbitrary, { numRuns: BATCH, seed: context.seed + sent }))))
      }
      broken.push(...summarize(faults))
      const most = await server.residentMegabytes()
      levels.push(await levelOf(server))
      const [first = 0] = levels
      const end = levels.at(-1) ?? 0
      if (end > first * GROWTH) broken.push(`resident memory grew from ${first} to ${end} MB`)
      return `${sent} requests; resident after each ${STRETCH}: ${levels.join(', ')} MB; ${most} MB before the last collection`
    }),
}

/** Resident memory after a collection, in MB: between two collections it rises and falls by a fifth. */
async function levelOf(server: FaultServer): Promise<number> {
  await collectGarbage(server)
  return await server.residentMegabytes()
}

function text(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.integer().map(String),
    fc.constantFrom('true', '', '-1', '1e9', '-81,31,-80,32', '180,0,-180,1', 'pending', 'clear-tiles', '9223372036854775808'),
    fc.uuid(),
  )
}

function pathValue(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.integer({ min: 0, max: 12 }).map(String),
    fc.uuid(),
    text().map((each) => encode(each) || '0'),
  )
}

function queryName(known: readonly string[]): fc.Arbitrary<string> {
  return known.length === 0 ? fc.string({ minLength: 1, maxLength: 8 }) : fc.constantFrom(...known)
}

function bodyOf(names: readonly string[]): fc.Arbitrary<string> {
  const value = fc.oneof(
    text(),
    fc.double(),
    fc.jsonValue({ maxDepth: 3 }),
    fc.record({ longitude: fc.double(), latitude: fc.double() }),
  )
  const object = fc.dictionary(names.length === 0 ? fc.string() : fc.constantFrom(...names), value)
  return fc.oneof(object, fc.jsonValue()).map((body) => JSON.stringify(body))
}

/** Lone surrogates have no UTF-8 of their own. */
function encode(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replaceAll('.', '%2E')
}
