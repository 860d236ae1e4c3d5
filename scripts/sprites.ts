// `npm run sprites` renders the drawings of assets/ to the sheets of assets/sprites: day, dusk and night at pixel ratios 1 and 2,
// and writes them without their colours to assets/drawings.json, for styles with other ones.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { encodePng } from './sprites/encode-png.ts'
import { layOut } from './sprites/layout.ts'
import { ASSETS, loadPictures } from './sprites/load-pictures.ts'
import { SHEETS } from './sprites/picture.ts'
import { drawingsJson, renderSheet, sheetJson } from './sprites/sheet.ts'

const folder = path.join(ASSETS, 'sprites')
mkdirSync(folder, { recursive: true })
const layout = layOut(loadPictures())
for (const { theme, ratio, name } of SHEETS) {
  writeFileSync(path.join(folder, `${name}.json`), sheetJson(layout, ratio))
  writeFileSync(path.join(folder, `${name}.png`), encodePng(renderSheet(layout, theme, ratio)))
}
const names = layout.places.reduce((count, place) => count + place.names.length, 0)
writeFileSync(path.join(ASSETS, 'drawings.json'), drawingsJson(layout))
console.log(`sprites: ${names} images, ${layout.places.length} drawings, ${layout.width} x ${layout.height} pixels at 1x`)
