import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PortalFiles } from '#http/portal-app/portal-files.ts'
import { builtPortal } from '#test/portal-build.ts'

/** Most compressed bytes of scripts and styles that a first visit loads. */
const BUDGET = 280_000
/** Files of the first visit: the shell, its style, and the runtime of the bundler. A browser fetches six at once. */
const MOST_FILES = 4

/** The names of the files that a script or page asks for at once; imports that wait for a call are not among them. */
function namedIn(text: string): string[] {
  return [...text.matchAll(/(?:\bfrom|\bimport|src=|href=)\s*"\.\/(?:assets\/)?([\w.-]+\.(?:js|css))"/g)].map(
    ([, name = '']) => name,
  )
}

function loadedFirst({ page, assets }: PortalFiles): Set<string> {
  const loaded = new Set<string>()
  const waiting = namedIn(page('', 'nonce'))
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (loaded.has(name)) continue
    loaded.add(name)
    if (name.endsWith('.js')) waiting.push(...namedIn(assets.get(name)?.content.toString('utf8') ?? ''))
  }
  return loaded
}

test('a first visit loads few files, within the budget, and none of the pages for the map, styles or exports', async () => {
  const files = await builtPortal()
  const loaded = [...loadedFirst(files)]
  assert.ok(
    loaded.some((name) => name.endsWith('.js')) && loaded.some((name) => name.endsWith('.css')),
    'the page names its script and its style',
  )
  assert.ok(loaded.length <= MOST_FILES, `${loaded.length} files: ${loaded.join(' ')}`)
  assert.deepEqual(
    loaded.filter((name) => /page|chart|map|style|export|report|webhook|token/i.test(name)),
    [],
  )
  const bytes = loaded.reduce((sum, name) => sum + (files.assets.get(name)?.encoded.get('br')?.length ?? Number.NaN), 0)
  assert.ok(bytes <= BUDGET, `${bytes} bytes`)
  const text = loaded.map((name) => files.assets.get(name)?.content.toString('utf8') ?? '').join('')
  // These are words of the page's own modules, so they are in its lazy script and nowhere before it.
  for (const word of ['outlines drawn', 'display change']) assert.ok(!text.includes(word), `the shell holds “${word}”`)
})
