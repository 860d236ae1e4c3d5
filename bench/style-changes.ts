import { chartDocument, type StyleDocument } from '#portal/pages/map/chart-document.ts'
import { DEFAULT_DISPLAY } from '#portal/pages/map/map-view.ts'
import { styleChanges } from '#portal/pages/map/style-changes.ts'
import { buildStyle } from '#portrayal/style/build-style.ts'
import { STYLE_DEFAULTS, type StyleOptions } from '#portrayal/style/style-options.ts'
import { NOAA_CLASSES } from '#test/noaa-classes.ts'

const rounds = 200
const warmUps = 50
const CHANGES: Readonly<Record<string, (round: number) => Partial<StyleOptions>>> = {
  'safety depth': (round) => ({ depthLimit: 1 + (round % 10) }),
  units: (round) => ({ depthUnits: round % 2 === 0 ? 'meters' : 'feet' }),
  theme: (round) => ({ theme: round % 2 === 0 ? 'dusk' : 'night' }),
}

/** Finds what differs between two styles of NOAA's classes, as the map of the portal does for a change of display. The median counts. */
export async function run(): Promise<void> {
  for (const [name, change] of Object.entries(CHANGES)) {
    const times: number[] = []
    let found: number | null = null
    for (let round = 0; round < warmUps + rounds; round++) {
      const [from, to] = [document(change(round)), document(change(round + 1))]
      const before = performance.now()
      const changes = styleChanges(from, to)
      const time = performance.now() - before
      found = changes?.length ?? null
      if (round >= warmUps) times.push(time)
    }
    const sorted = times.toSorted((a, b) => a - b)
    const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(2)
    // Another theme has another sprite, which only MapLibre's own `setStyle` replaces.
    const what = found === null ? 'whole style' : `${String(found).padStart(3)} changes`
    console.log(`${name.padEnd(12)} ${what}, median ${at(0.5)} ms, p95 ${at(0.95)} ms`)
  }
}

const made = new Map<string, string>()

/** The document as the browser has it: a separate object, parsed from the server's response. */
function document(change: Partial<StyleOptions>): StyleDocument {
  const key = JSON.stringify(change)
  let text = made.get(key)
  if (text === undefined) {
    const assets = 'https://localhost:9909/api/v1/static/1'
    const options = { ...STYLE_DEFAULTS, base: 'https://localhost:9909', assets, classes: new Set(NOAA_CLASSES), ...change }
    text = JSON.stringify(buildStyle(options))
    made.set(key, text)
  }
  return chartDocument(JSON.parse(text) as StyleDocument, DEFAULT_DISPLAY, null)
}
