import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import { literalsOf, regularExpressions } from '#test/regular-expressions.ts'

// Text from outside may be a million characters long. A pattern that takes quadratic time for it holds the whole server, so each
// that sees such text is measured over doubled inputs.

/** Where the texts come from that the patterns of a file or folder see; null for texts of the operator, the product or its own programs. */
const ORIGINS: [place: string, origin: string | null][] = [
  ['bin/', null],
  ['portal/', 'log lines and results of jobs'],
  ['src/accounts/provision.ts', null],
  ['src/accounts/secret-key.ts', null],
  ['src/accounts/', 'parameters, headers and peer addresses of requests'],
  ['src/backup/', 'names of files in the folder of backups'],
  ['src/charts/catalogue/', 'a downloaded catalogue'],
  ['src/charts/refresh/', 'a downloaded catalogue'],
  ['src/charts/transfer/', 'headers of a download'],
  ['src/charts/', 'uploaded files and their names'],
  ['src/cli/client/jobs.ts', null],
  ['src/cli/client/open-client.ts', null],
  ['src/cli/client/send-file.ts', null],
  ['src/cli/commands/', null],
  ['src/cli/frame/', null],
  ['src/cli/output/', 'titles, messages and names that a server sends'],
  ['src/compose/doctor/check-port.ts', 'what another program answers'],
  ['src/compose/doctor/', null],
  ['src/compose/instance/', null],
  ['src/compiled/', 'attributes of an uploaded cell'],
  ['src/config/', null],
  ['src/db/embedded/', null],
  ['src/db/prepared.ts', null],
  ['src/db/', 'errors and values of the database'],
  // Patterns of routes: they see addresses, so the built ones are measured below.
  ['src/exports/', null],
  ['src/http/plugins/allowed-methods.ts', null],
  ['src/http/', 'parameters, headers and bodies of requests'],
  ['src/iso8211/', 'uploaded cells and catalogues'],
  ['src/jobs/', 'log lines and errors of jobs, which repeat texts of uploads, and request parameters'],
  ['src/lib/', 'log lines and request parameters'],
  ['src/portrayal/style/', 'parameters of requests and custom styles'],
  ['src/portrayal/palette/', 'colours of custom styles'],
  // The other patterns read the tables of the product.
  ['src/portrayal/', null],
  ['src/reports/', 'bodies of requests'],
  ['src/s100/writer/', null],
  ['src/s100/', 'uploaded exchange catalogues'],
  ['src/s101/writer/', null],
  ['src/s101/', 'uploaded datasets of S-101'],
  ['src/s57/writer/', null],
  ['src/s57/', 'uploaded cells and catalogues'],
  ['src/s63/', 'uploaded permits, signatures and keys'],
  ['src/storage/', 'keys made of uploaded names'],
  ['src/styles/', 'custom styles and parameters of requests'],
  ['src/tiles/', 'parameters of requests'],
  ['src/webhooks/', 'bodies of requests'],
]

/** Patterns built at run time, with where they are. */
const BUILT: [place: string, pattern: RegExp][] = [
  ['src/jobs/model/log-text.ts', /\p{Cc}/gu],
  ['src/s57/read-catalogue-file.ts', /(?:^|[,;\s])VOLUMES=(\d{1,8})(?=[,;\s]|$)/i],
  ['src/http/plugins/allowed-methods.ts', /^\/api\/v2\/tiles\/enc-v2\/[^/]+?\/[^/]+?\/[^/]+?\.mvt\/?$/],
]

/** Beginnings that lead into any pattern, and those that lead into the patterns of some files. */
const HEADS = ['', '0', 'a']
const HEADS_OF: [place: string, heads: string[]][] = [
  ['src/s63/permit-file.ts', [':DATE ', 'US5ABCDE', '20260101']],
  ['src/charts/uploads/', ['US5ABCDE', 'permit', ' ', '\u00ef\u00bb\u00bf']],
  ['src/http/plugins/auth.ts', ['Bearer ']],
  ['src/lib/redact.ts', ['token=', 'password="', 'a://', '?', 'bearer ']],
]
/** Texts to repeat. */
const PUMPS = [
  ...[
    'a',
    'A',
    '0',
    '9',
    ' ',
    '\t',
    '\n',
    '\r',
    '\r\n',
    '.',
    '..',
    '/',
    '\\',
    ':',
    '@',
    '-',
    '_',
    '"',
    "'",
    '=',
    '?',
    '&',
    ';',
    ',',
    '<',
    '~',
  ],
  ...[
    '%',
    '+',
    '*',
    '(',
    '#',
    '\u00e9',
    '\ud800',
    '\u0000',
    'a-',
    'a.',
    'a ',
    '0 ',
    '0.',
    'a:',
    '://',
    'a://',
    'a:@',
    '/a',
    'a/',
    'A.000',
    ' ,',
  ],
  ...[
    'token',
    'token=',
    'token="',
    "password='",
    'token-',
    'bearer ',
    '&token',
    '?a',
    'R ',
    'R :',
    'agreement',
    'permit',
    '.txt',
    'GB4X0000.000',
    '=(',
  ],
  ...['\\u0000', '\\\\', 'VOLUMES=1', ' VOLUMES=', 'e1', '.0', '1.', 'US5ABCDE', '\n ', '0000 ', '::', 'Bearer '],
]
/** Ends that let a match fail late. */
const TAILS = ['', '!']

const SIZES = [4_096, 8_192, 16_384]
const MOST_RUNS = 8

/**
 * Whether doubling the text multiplies the time by less than three. The least of several runs counts, and a finding must show again
 * with longer texts, so that a busy machine decides nothing.
 */
function isLinear(pattern: RegExp, textOf: (size: number) => string, sizes: readonly number[]): boolean {
  return sizes.some((size) => {
    const [shorter, longer] = [textOf(size), textOf(2 * size)]
    let [short, long] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    for (let run = 0; run < MOST_RUNS; run++) {
      short = Math.min(short, timeOf(pattern, shorter))
      long = Math.min(long, timeOf(pattern, longer))
      if (run > 0 && long < 3 * short) return true
    }
    return false
  })
}

function timeOf(pattern: RegExp, text: string): number {
  const began = process.hrtime.bigint()
  if (pattern.global) text.replace(pattern, '-')
  else pattern.exec(text)
  return Number(process.hrtime.bigint() - began)
}

/** The text that makes the pattern's time grow faster than the text, or null. */
function worstCase(pattern: RegExp, file = '', sizes = SIZES): string | null {
  const own = HEADS_OF.flatMap(([place, heads]) => (file.startsWith(place) ? heads : []))
  for (const head of [...HEADS, ...own]) {
    for (const pump of PUMPS) {
      for (const tail of TAILS) {
        const textOf = (size: number) => head + pump.repeat(Math.ceil(size / pump.length)) + tail
        if (!isLinear(pattern, textOf, sizes))
          return `${JSON.stringify(head)}, then ${JSON.stringify(pump)} repeated, then ${JSON.stringify(tail)}`
      }
    }
  }
  return null
}

const root = path.resolve(import.meta.dirname, '../..')
const placed = regularExpressions(root).map(({ file, pattern }) => ({
  pattern,
  file,
  origin: ORIGINS.find(([place]) => file.startsWith(place))?.[1],
}))

test('every regular expression of the sources has an entry in the table of origins', () => {
  const without = placed.filter(({ origin }) => origin === undefined).map(({ file }) => file)
  assert.deepEqual(without, [])
  assert.ok(placed.length > 100, `only ${placed.length} were found`)
})

test('the measurement finds patterns that take quadratic time', () => {
  const quadratic = [/^(\d+\.?\d*|\.\d+)x/, /(\b[a-z][a-z0-9+.-]*:\/\/)/g]
  for (const pattern of quadratic) assert.notEqual(worstCase(pattern, '', [2_048]), null, String(pattern))
})

test('the search for regular expressions passes over divisions, strings and comments', () => {
  const template = `\`/no/$${'{'}f(/yes'/g)}/no/\``
  const found = literalsOf(`a = b / c / d // /no/
e = xs[0]! / 2 + '/no/' + ${template} /* /no/ */
return /[/]\\/yes/i`)
  assert.deepEqual(found.map(String), ["/yes'/g", '/[/]\\/yes/i'])
})

const foreign = [
  ...placed.flatMap(({ file, pattern, origin }) => (typeof origin === 'string' ? [{ file, pattern, origin }] : [])),
  ...BUILT.map(([file, pattern]) => ({ file, pattern, origin: 'built at run time' })),
]
for (const { file, pattern, origin } of foreign) {
  test(`time grows with the text and no faster: ${pattern} in ${file} (${origin})`, () =>
    assert.equal(worstCase(pattern, file), null))
}
