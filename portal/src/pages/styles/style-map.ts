import type { Map as MapLibreMap } from 'maplibre-gl'
import { isAbort } from '../../api/errors.ts'
import { createObservable, type Observable } from '../../lib/observable.ts'
import type { StyleDocument } from '../map/chart-document.ts'
import type { MapLibre } from '../map/load-maplibre.ts'
import type { MapSource } from '../map/map-source.ts'
import { assertStyle, statusOf } from '../map/maplibre-values.ts'
import { openMap, type Start } from '../map/open-map.ts'
import { createFinder, type Finder } from './find-at-rest.ts'
import { foundSlots } from './found-slots.ts'
import { lightOf } from './light-of.ts'
import { filled, filledStyle, type SlotColours, type SlotUse, spriteOf, usesOf } from './slot-style.ts'
import { splitLayers } from './split-layers.ts'

/** A map that shows a style while it is edited. */
export interface StyleMap {
  map: MapLibreMap
  element: HTMLElement
  /** What went wrong last, in a sentence; null when all is well. */
  problem: Observable<string | null>
  /** Mean light of what is shown, 0 to 1, measured when the map has come to rest; null before. */
  light: Observable<number | null>
  /** Shows a style with slots. Colours of the same style change at once. */
  show(document: StyleDocument, colours: SlotColours): void
  /** Finds the slots that paint what lies at a pixel, the uppermost first. */
  finder: Finder
  end(): void
}

interface Shown {
  document: StyleDocument
  /** The same with a layer for each colour. */
  split: StyleDocument
  colours: SlotColours
  uses: Map<string, SlotUse[]>
  /** Address of its symbols. */
  sprite: string | undefined
  /** Colour of each slot, to find out which have changed. */
  painted: Map<string, string>
}

/** Milliseconds after the last change of a colour until symbols follow: the server draws them. */
const SYMBOL_PATIENCE = 300

/** A colour must change at once, and MapLibre would fade it in. */
const AT_ONCE = { transition: { duration: 0, delay: 0 } }

export function createStyleMap(maplibre: MapLibre, source: MapSource, start: Start): StyleMap {
  const element = document.createElement('div')
  const map = openMap(maplibre, source, element, start)
  const problem = createObservable<string | null>(null)
  const light = createObservable<number | null>(null)
  let wanted: { document: StyleDocument; colours: SlotColours } | null = null
  let shown: Shown | null = null
  /** Whether the style that MapLibre has is loaded: only then does it take changes. */
  let ready = false
  let following: ReturnType<typeof setTimeout> | undefined

  map.on('error', (event) => {
    const { error } = event
    if (statusOf(error) === 401) source.over.set(true)
    else if (!isAbort(error)) problem.set(error.message === 'Failed to fetch' ? 'The server does not answer.' : error.message)
  })
  map.on('style.load', () => {
    ready = true
    update()
  })
  map.on('idle', () => {
    problem.set(null)
    // The drawing is in the canvas only until the browser has shown it, which is after this event.
    if (shown !== null) light.set(lightOf(map.getCanvas()))
  })
  const stopRenewed = source.onRenewed(() => {
    if (source.token() !== null && map.getSource('enc') !== undefined) map.refreshTiles('enc')
  })

  function update(): void {
    if (!ready || wanted === null) return
    const from = performance.now()
    clearTimeout(following)
    if (shown?.document === wanted.document) {
      repaint(map, shown, wanted.colours)
      following = setTimeout(follow, SYMBOL_PATIENCE)
    } else replace(wanted.document, wanted.colours)
    performance.measure('style change', { start: from })
    void map.once('render').then(() => performance.measure('style drawn', { start: from }))
    void map.once('idle').then(() => performance.measure('style at rest', { start: from }))
  }

  /** Gives the symbols the colours of the rest. */
  function follow(): void {
    if (!ready || shown === null) return
    const sprite = spriteOf(shown.document, shown.colours)
    if (sprite === undefined || sprite === shown.sprite) return
    shown.sprite = sprite
    map.setSprite(sprite, { validate: false })
  }

  function replace(next: StyleDocument, colours: SlotColours): void {
    const split = splitLayers(next)
    const style = { ...filledStyle(split, colours), ...AT_ONCE }
    const before = shown === null ? '' : JSON.stringify({ ...filledStyle(shown.split, shown.colours), ...AT_ONCE })
    const uses = usesOf(split)
    shown = {
      document: next,
      split,
      colours,
      uses,
      sprite: spriteOf(next, colours),
      painted: new Map([...uses.keys()].map((slot) => [slot, paintOf(slot, colours)])),
    }
    // MapLibre fires no event when there is nothing to change.
    if (JSON.stringify(style) === before) return
    ready = false
    assertStyle(style)
    map.setStyle(style, { diff: true, validate: false })
  }

  return {
    map,
    element,
    problem,
    light,
    show(document, colours) {
      wanted = { document, colours }
      update()
    },
    finder: createFinder(map, (x, y) => (shown === null ? [] : foundSlots(map, shown.split, shown.colours, [x, y]))),
    end() {
      clearTimeout(following)
      stopRenewed()
      map.remove()
      element.remove()
    },
  }
}

/** Sets the paint of everything that uses a changed colour. */
function repaint(map: MapLibreMap, now: Shown, colours: SlotColours): void {
  now.colours = colours
  const uses = new Set<SlotUse>()
  for (const [slot, places] of now.uses) {
    const paint = paintOf(slot, colours)
    if (now.painted.get(slot) === paint) continue
    now.painted.set(slot, paint)
    for (const use of places) uses.add(use)
  }
  for (const { layer, property, value } of uses)
    map.setPaintProperty(layer, property as never, filled(value, colours) as never, { validate: false })
}

function paintOf(slot: string, { chosen, theme }: SlotColours): string {
  return `${chosen(slot) ?? ''} ${theme(slot)}`
}
