import { createHash } from 'node:crypto'
import type { TileAddress } from '#geo/tile-grid.ts'
import { LIGHT_REACH } from '#tiles/products/vector/light-sizes.ts'
import { TILE_BUFFER } from '#tiles/products/vector/tile-buffer.ts'
import { claimOrder, type DayCell, versionOf } from './mirror-days.ts'
import { type VisibleGround, visibleGround } from './visible-ground.ts'

/** What a server answers for a tile. */
export interface TileAnswer {
  status: number
  etag: string
  /** X-Chart-Cells. */
  cells: string
  body: Uint8Array
}

export type AskTile = (tile: TileAddress, etag?: string) => Promise<TileAnswer>

/** What of an answer is remembered until the next day. */
export interface KnownTile {
  etag: string
  cells: string
  digest: string
}

export interface EtagCounts {
  tiles: number
  /** Another ETag, another content. */
  changed: number
  /** The same ETag, 304, and drawn anew the same content. */
  same: number
  /** Another ETag although the content is the same, of tiles with ground of a changed cell... */
  needless: number
  /** ... and of those beside one. */
  needlessBeside: number
  /**
   * Tiles that may change or not, as their content does: a changed cell has ground only around them, from where figures of lights may
   * reach in, or so little that rounding may take it away.
   */
  beside: number
  faults: Map<string, string[]>
}

export interface EtagAudit {
  /** Asks for a tile of the first day, and compares the cells it names with those that have ground there. */
  before(tile: TileAddress): Promise<KnownTile>
  /** Asks again on the second day. */
  after(tile: TileAddress, known: KnownTile): Promise<void>
  /** By zoom. */
  counts: Map<number, EtagCounts>
}

/**
 * Compares the tiles of two days. What has to change is decided from the coverage of the cells, not from what the server says.
 *
 * @param ask of a server that keeps no tiles: what it kept could not differ from the first day's.
 */
export function createEtagAudit(day1: readonly DayCell[], day2: readonly DayCell[], ask: AskTile): EtagAudit {
  const counts = new Map<number, EtagCounts>()
  const versions = [new Set(day1.map(versionOf)), new Set(day2.map(versionOf))] as const
  const hasChanged = (cell: DayCell) => versions.some((day) => !day.has(versionOf(cell)))

  function countsOf(zoom: number): EtagCounts {
    let found = counts.get(zoom)
    if (found === undefined) {
      found = { tiles: 0, changed: 0, same: 0, beside: 0, needless: 0, needlessBeside: 0, faults: new Map() }
      counts.set(zoom, found)
    }
    return found
  }

  function fault(kind: string, { z, x, y }: TileAddress, words = ''): void {
    const { faults } = countsOf(z)
    faults.set(kind, [...(faults.get(kind) ?? []), `${z}/${x}/${y} ${words}`])
  }

  /** The cells that a tile names against those that have ground in it, and around it within the reach of the figures of lights. */
  function compareCells(tile: TileAddress, header: string, { within, around }: Ground): void {
    // Of many cells the header names only the first.
    if (/ and \d+ more$/.test(header)) return
    const named = new Set(header.split(', ').filter((each) => each !== ''))
    for (const [cell, { isClear }] of within) {
      if (isClear && !named.has(versionOf(cell)))
        fault('a cell with ground is not named', tile, `${versionOf(cell)} of ${header}`)
    }
    const possible = new Set([...around.keys()].map(versionOf))
    for (const name of named) if (!possible.has(name)) fault('a cell without ground is named', tile, `${name} of ${header}`)
  }

  return {
    counts,

    async before(tile) {
      const { status, etag, cells, body } = await ask(tile)
      if (status !== 200) fault('not answered', tile, `${status}`)
      compareCells(tile, cells, groundOf(day1, tile))
      return { etag, cells, digest: digestOf(body) }
    },

    async after(tile, known) {
      const found = countsOf(tile.z)
      found.tiles++
      const conditional = await ask(tile, known.etag)
      const whole = conditional.status === 304 ? await ask(tile) : conditional
      if (whole.status !== 200) fault('not answered', tile, `${whole.status}`)
      if ((whole.etag === known.etag) !== (conditional.status === 304)) {
        fault('304 and ETag disagree', tile, `${conditional.status}, ${known.etag} then ${whole.etag}`)
      }
      const isNew = conditional.status !== 304
      const isOther = digestOf(whole.body) !== known.digest
      if (!isNew && isOther) fault('another content under the same ETag', tile, known.cells)
      // Name, edition and update of each, in order.
      if (isNew && whole.cells === known.cells) fault('another ETag for the same cells', tile, known.cells)

      const grounds = [day1, day2].map((day) => groundOf(day, tile))
      compareCells(tile, whole.cells, grounds[1]!)
      const must = grounds.some(({ within }) => [...within].some(([cell, { isClear }]) => isClear && hasChanged(cell)))
      const may = grounds.some(({ around }) => [...around.keys()].some(hasChanged))
      if (isNew && !may) fault('another ETag without a changed cell', tile, `${known.cells} then ${whole.cells}`)
      if (!isNew && must) fault('the same ETag over a changed cell', tile, `${known.cells} then ${whole.cells}`)
      if (may && !must) found.beside++
      if (!isNew) found.same++
      else if (isOther) found.changed++
      else if (must) found.needless++
      else found.needlessBeside++
    },
  }
}

/** The cells with ground in a tile and its buffer, and with what lies around that. */
interface Ground {
  within: Map<DayCell, VisibleGround>
  around: Map<DayCell, VisibleGround>
}

function groundOf(cells: readonly DayCell[], tile: TileAddress): Ground {
  return { within: groundIn(cells, tile, TILE_BUFFER), around: groundIn(cells, tile, LIGHT_REACH) }
}

/** A sliver that is none but for floating point is left out. */
function groundIn(cells: readonly DayCell[], { z, x, y }: TileAddress, margin: number): Map<DayCell, VisibleGround> {
  const window = { left: -margin, top: -margin, right: 4096 + margin, bottom: 4096 + margin }
  const ground = visibleGround(claimOrder(cells, z), window, { across: 4096 * 2 ** z, x: x * 4096, y: y * 4096 })
  for (const [cell, { area }] of ground) if (area < 1e-6) ground.delete(cell)
  return ground
}

const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64')
