import type { FaultCase } from './fault-case.ts'
import { attackServer } from './fault-server.ts'
import { inAddresses, inBodies, repeatedParameters, summarize, walk } from './walk-routes.ts'

const UUID = '01890a5d-ac96-774b-bcce-b302099a8057'
const ENCODED = ['%00', 'a%00b', `urn%3Auuid%3A${UUID}`, `urn:uuid:${UUID}`, `%7B${UUID}%7D`, UUID, '%ED%A0%80', '%EF%BF%BF']
const JSON_TEXTS = ['"\\u0000"', '"a\\u0000b"', '"\\ud800"', '"a\\udc00b"', `"urn:uuid:${UUID}"`, '{"\\u0000":1}', '["\\ud800"]']

export const oddTexts: FaultCase = {
  name: 'odd-texts',
  title: 'NUL, lone surrogates and odd spellings of ids are answered with no 5xx by any route',
  run: (context) =>
    attackServer(context, {}, async (server, broken) => {
      const requests = [...inAddresses(ENCODED), ...inBodies(JSON_TEXTS)]
      broken.push(...summarize(await walk(server, requests)))
      return `${requests.length} requests`
    }),
}

const ODD_SEGMENTS = [
  '%00',
  '%C0',
  '%c0%ae%c0%ae',
  '%ED%A0%80%ED',
  '%',
  '%zz',
  'x'.repeat(10_000),
  '%F0%9F'.repeat(1_500),
  '..%2f..%2f',
]

export const oddPaths: FaultCase = {
  name: 'odd-paths',
  title: 'NUL, invalid UTF-8, 10 kB segments and repeated parameters are answered with no 5xx by any route',
  run: (context) =>
    attackServer(context, {}, async (server, broken) => {
      const requests = [...inAddresses(ODD_SEGMENTS), ...repeatedParameters()]
      broken.push(...summarize(await walk(server, requests)))
      return `${requests.length} requests`
    }),
}
