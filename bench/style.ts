import { gzipSync } from 'node:zlib'
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import { buildStyle } from '#portrayal/style/build-style.ts'
import { STYLE_DEFAULTS, type StyleOptions } from '#portrayal/style/style-options.ts'
import { createStyleTemplates } from '#portrayal/style/style-template.ts'
import { NOAA_CLASSES } from '#test/noaa-classes.ts'

const rounds = 60
const warmUps = 20

/**
 * Builds styles in turn for all themes, units and safety depths, with all classes and with those of NOAA charts. The reference is what
 * a server must do with any style anyway: write the same document as JSON. `first` builds without what earlier styles have in common with
 * this one. The median of the rounds counts.
 */
export async function run(): Promise<void> {
  for (const [name, classes] of [
    ['all classes', null],
    ['NOAA classes', new Set(NOAA_CLASSES)],
  ] as const) {
    const firsts: number[] = []
    const builds: number[] = []
    const writes: number[] = []
    let text = ''
    let layers = 0
    for (let round = 0; round < warmUps + rounds; round++) {
      const options = optionsOf(round, classes)
      const before = performance.now()
      buildStyle(options, createStyleTemplates())
      const start = performance.now()
      const style = buildStyle(options)
      const built = performance.now()
      text = JSON.stringify(style)
      const written = performance.now()
      layers = style.layers.length
      if (round < warmUps) continue
      firsts.push(start - before)
      builds.push(built - start)
      writes.push(written - built)
      if (round === warmUps && validateStyleMin(style).length > 0) throw new Error('the style is not valid')
    }
    const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`
    console.log(
      `Style, ${name}: ${layers} layers, ${kilobytes(text.length)}, ${kilobytes(gzipSync(text).length)} with gzip; median of ${rounds} rounds`,
    )
    console.log(`  first      ${median(firsts).toFixed(1).padStart(6)} ms`)
    console.log(`  build      ${median(builds).toFixed(1).padStart(6)} ms`)
    console.log(`  JSON alone ${median(writes).toFixed(1).padStart(6)} ms`)
  }
}

function optionsOf(round: number, classes: ReadonlySet<string> | null): StyleOptions {
  return {
    ...STYLE_DEFAULTS,
    base: 'https://localhost:9909',
    assets: 'https://localhost:9909/api/v1/static/1',
    classes,
    theme: (['day', 'dusk', 'night'] as const)[round % 3] ?? 'day',
    depthUnits: (['meters', 'feet', 'fathoms'] as const)[Math.floor(round / 3) % 3] ?? 'meters',
    depthLimit: 1 + (round % 10),
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
