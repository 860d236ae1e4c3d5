import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { codeOf } from '#lib/errors.ts'
import { forEachLimited } from '#lib/for-each-limited.ts'
import type { Encoding } from '../base/choose-encoding.ts'

/** A file of the portal, in memory, with the compressed copies that the build made. */
export interface PortalFile {
  contentType: string
  /** SHA-256 of the content: the first 32 hexadecimal digits. */
  digest: string
  content: Buffer
  encoded: ReadonlyMap<Encoding, Buffer>
}

export interface PortalFiles {
  /**
   * The page that loads the portal.
   *
   * @param folder sub-folder of the server in its public address, without a final slash; empty for none.
   * @param nonce for the style elements of this one answer.
   */
  page(folder: string, nonce: string): string
  /** By name, without `/assets/`. A name that is not listed is not served, so no path can escape. */
  assets: ReadonlyMap<string, PortalFile>
}

const TYPES = new Map([
  ['.js', 'text/javascript; charset=utf-8'],
  ['.mjs', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.woff2', 'font/woff2'],
  ['.webmanifest', 'application/manifest+json'],
])
const ENCODINGS: readonly (readonly [Encoding, string])[] = [
  ['br', '.br'],
  ['gzip', '.gz'],
]

/** There are hundreds of files, and a machine may have few descriptors. */
const CONCURRENT_READS = 4

/**
 * Reads a build of the portal into memory.
 *
 * @param folder such as `portal/dist`.
 * @returns null when there is none.
 * @throws Error when the page is not one that Chartroom's build makes.
 */
export async function readPortalFiles(folder: string): Promise<PortalFiles | null> {
  const index = await readIfThere(path.join(folder, 'index.html'))
  if (index === null) return null
  const names = await readdir(path.join(folder, 'assets'))
  const contents = new Map<string, Buffer>()
  await forEachLimited(names, { concurrency: CONCURRENT_READS, signal: AbortSignal.any([]) }, async (name) => {
    contents.set(name, await readFile(path.join(folder, 'assets', name)))
  })
  const assets = new Map<string, PortalFile>()
  for (const [name, content] of contents) {
    const contentType = TYPES.get(path.extname(name))
    if (contentType === undefined) continue
    const encoded = ENCODINGS.flatMap(([encoding, ending]) => {
      const copy = contents.get(name + ending)
      return copy === undefined ? [] : [[encoding, copy] as const]
    })
    assets.set(name, { contentType, digest: digestOf(content), content, encoded: new Map(encoded) })
  }
  return { page: createPage(index.toString('utf8')), assets }
}

/** Fills in the two places of index.html that change with the answer. */
function createPage(html: string): PortalFiles['page'] {
  const base = '<base href="/">'
  const nonce = 'nonce=""'
  for (const place of [base, nonce]) {
    if (html.split(place).length !== 2) throw new Error(`the portal's index.html needs exactly one ${place}`)
  }
  return (folder, value) =>
    html.replace(base, () => `<base href="${escaped(folder)}/">`).replace(nonce, () => `nonce="${escaped(value)}"`)
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}

function digestOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 32)
}

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}
