import { readdirSync } from 'node:fs'
import path from 'node:path'
import { type Drawing, readDrawing } from './drawing.ts'
import { type LineStyleRow, linePicture } from './line-picture.ts'
import { markPictures } from './mark-pictures.ts'
import { patternPicture } from './pattern-picture.ts'
import type { Picture } from './picture.ts'
import { readCsv } from './read-csv.ts'
import { simpleLinePictures } from './simple-line-pictures.ts'
import { symbolPicture } from './symbol-picture.ts'

/** The folder `assets/` of the repository. */
export const ASSETS = path.resolve(import.meta.dirname, '..', '..', 'assets')

/** Reads every drawing of `assets/` as a picture of the sprite: symbols, patterns, lines, marks. */
export function loadPictures(assets: string = ASSETS): Picture[] {
  const symbols = drawingsIn(path.join(assets, 'symbols'))
  const motifs = drawingsIn(path.join(assets, 'patterns'))
  return [
    ...[...symbols].filter(([name]) => !name.startsWith('EM')).map(([name, drawing]) => symbolPicture(name, drawing)),
    ...patterns(assets, motifs),
    ...lines(assets, symbols),
    ...simpleLinePictures(),
    ...markPictures(path.join(assets, 'portrayal', 'marks.json')),
  ]
}

function drawingsIn(folder: string): Map<string, Drawing> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.svg'))
  return new Map(files.toSorted().map((file) => [path.basename(file, '.svg'), readDrawing(path.join(folder, file))]))
}

function patterns(assets: string, motifs: ReadonlyMap<string, Drawing>): Picture[] {
  const columns = ['name', 'row_shift_x', 'row_step_y', 'tile_w', 'tile_h', 'motifs_in_tile'] as const
  return readCsv(path.join(assets, 'portrayal', 'patterns.csv'), columns).map((row) =>
    patternPicture(row.name, found(motifs, row.name), {
      rowShiftX: Number(row.row_shift_x),
      rowStepY: Number(row.row_step_y),
      tileWidth: Number(row.tile_w),
      tileHeight: Number(row.tile_h),
      motifs: Number(row.motifs_in_tile),
    }),
  )
}

function lines(assets: string, symbols: ReadonlyMap<string, Drawing>): Picture[] {
  const columns = [
    'name',
    'colours',
    'period_mm',
    'width_mm',
    'dashes_mm',
    'elements_mm',
    'strokes_width_mm',
    'other_strokes',
  ] as const
  const rows: LineStyleRow[] = readCsv(path.join(assets, 'portrayal', 'linestyles.csv'), columns)
  return rows.map((row) => linePicture(row, (name) => found(symbols, name)))
}

function found(drawings: ReadonlyMap<string, Drawing>, name: string): Drawing {
  const drawing = drawings.get(name)
  if (drawing === undefined) throw new Error(`assets has no drawing ${name}.svg`)
  return drawing
}
