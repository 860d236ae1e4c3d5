import type { Buffer } from 'node:buffer'
import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas'
import { type Theme, TOKENS } from '../../src/portrayal/palette/tokens.ts'
import { encodePng } from '../sprites/encode-png.ts'
import type { Picture } from '../sprites/picture.ts'
import { renderPicture } from '../sprites/render-picture.ts'
import type { Section } from './sections.ts'

const WIDTH = 1400
const GAP = 14
const LABEL = 16
/** Text of the night palette is too dark to read beside a bright page. */
const LABEL_COLOUR: Readonly<Record<Theme, string>> = { day: '#000000', dusk: '#b0b8bc', night: '#7c868b' }

interface Cell {
  picture: Picture
  x: number
  y: number
  width: number
  height: number
}

/** Draws the pictures of a section with their names, on shallow water of the palette, as a PNG. @param font file of the names. */
export function contactSheet(section: Section, pictures: readonly Picture[], theme: Theme, font: string): Buffer {
  GlobalFonts.registerFromPath(font, 'Labels')
  const context = createCanvas(1, 1).getContext('2d')
  context.font = '12px Labels'
  const { cells, height } = arrange(section, pictures, context)
  const canvas = createCanvas(WIDTH, height)
  const target = canvas.getContext('2d')
  target.fillStyle = TOKENS[theme][section.id === 'patterns' ? 'DEPDW' : 'DEPMD']
  target.fillRect(0, 0, WIDTH, height)
  target.font = '12px Labels'
  for (const cell of cells) drawCell(target, section, cell, theme)
  const { data } = target.getImageData(0, 0, WIDTH, height)
  return encodePng({ width: WIDTH, height, data: new Uint8Array(data) })
}

/** Places cells in rows from the left. */
function arrange(section: Section, pictures: readonly Picture[], context: SKRSContext2D): { cells: Cell[]; height: number } {
  const cells: Cell[] = []
  let [x, y, rowHeight] = [GAP, GAP, 0]
  for (const picture of pictures) {
    const [across, down] = copies(section)
    const drawn = picture.width * section.ratio * across
    const width = Math.min(WIDTH - 2 * GAP, Math.max(drawn, context.measureText(labelOf(picture)).width))
    const height = picture.height * section.ratio * down + LABEL
    if (x + width > WIDTH - GAP) [x, y, rowHeight] = [GAP, y + rowHeight + GAP, 0]
    cells.push({ picture, x, y, width, height })
    x += width + GAP
    rowHeight = Math.max(rowHeight, height)
  }
  return { cells, height: Math.ceil(y + rowHeight + GAP) }
}

function copies({ repeats }: Section): [across: number, down: number] {
  if (repeats === 'both') return [1.5, 1]
  return repeats === 'along' ? [3, 1] : [1, 1]
}

const labelOf = ({ name }: Picture) => name.slice(name.indexOf('/') + 1)

function drawCell(context: SKRSContext2D, section: Section, { picture, x, y, width, height }: Cell, theme: Theme): void {
  const { data, ...size } = renderPicture(picture, theme, section.ratio)
  const image = createCanvas(size.width, size.height)
  const pixels = image.getContext('2d').createImageData(size.width, size.height)
  pixels.data.set(data)
  image.getContext('2d').putImageData(pixels, 0, 0)
  const [across] = copies(section)
  const drawn = Math.min(size.width * across, width)
  const left = x + Math.max(0, (width - drawn) / 2)
  context.save()
  context.beginPath()
  context.rect(left, y, drawn, size.height)
  context.clip()
  for (let i = 0; i < across; i++) context.drawImage(image, left + i * size.width, y)
  context.restore()
  if (section.id === 'large') drawPosition(context, left + size.width / 2, y + size.height / 2, theme)
  context.fillStyle = LABEL_COLOUR[theme]
  context.fillText(labelOf(picture), x + Math.max(0, (width - context.measureText(labelOf(picture)).width) / 2), y + height - 3)
}

function drawPosition(context: SKRSContext2D, x: number, y: number, theme: Theme): void {
  context.strokeStyle = LABEL_COLOUR[theme]
  context.beginPath()
  context.arc(x, y, 4, 0, 2 * Math.PI)
  context.stroke()
}
