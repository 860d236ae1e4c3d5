import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createCanvas, loadImage } from '@napi-rs/canvas'

/** Height of each picture on a sheet: half of a desk. */
const HEIGHT = 400
const GAP = 8
const QUALITY = 72
const SCHEMES = ['light', 'day', 'dark', 'dusk', 'night']

/**
 * Lays the pictures of each page on one sheet, a row for each scheme, as WebP: a tenth of the bytes of the pictures.
 *
 * @param from pictures named `<page>-<scheme>-<desk or phone>.jpg`.
 */
export async function composeSheets(from: string, to: string): Promise<void> {
  mkdirSync(to, { recursive: true })
  const pages = Map.groupBy(readdirSync(from).sort(), (file) => file.replace(/-[a-z]+-(desk|phone)\.jpg$/, ''))
  for (const [page, files] of pages) {
    const rows = SCHEMES.map((scheme) => files.filter((file) => file.includes(`-${scheme}-`))).filter((row) => row.length > 0)
    const pictures = await Promise.all(rows.map((row) => Promise.all(row.map((file) => loadImage(path.join(from, file))))))
    const widthOf = ({ width, height }: { width: number; height: number }) => Math.round((width * HEIGHT) / height)
    const widths = pictures.map((row) => row.reduce((sum, picture) => sum + widthOf(picture) + GAP, -GAP))
    const canvas = createCanvas(Math.max(...widths), rows.length * (HEIGHT + GAP) - GAP)
    const context = canvas.getContext('2d')
    for (const [n, row] of pictures.entries()) {
      let left = 0
      for (const picture of row) {
        context.drawImage(picture, left, n * (HEIGHT + GAP), widthOf(picture), HEIGHT)
        left += widthOf(picture) + GAP
      }
    }
    writeFileSync(path.join(to, `${page}.webp`), await canvas.encode('webp', QUALITY))
  }
}
