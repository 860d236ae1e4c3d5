// `npm run symbol-docs` writes docs/symbols.md and its pictures: every image of the sprite in the three palettes.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { loadPictures } from './sprites/load-pictures.ts'
import { contactSheet } from './symbol-docs/contact-sheet.ts'
import { SECTIONS } from './symbol-docs/sections.ts'
import { symbolsPage } from './symbol-docs/symbols-page.ts'

const root = path.resolve(import.meta.dirname, '..')
const folder = path.join(root, 'docs', 'symbols')
const font = path.join(root, 'node_modules', '@fontsource', 'noto-sans', 'files', 'noto-sans-latin-400-normal.woff2')
mkdirSync(folder, { recursive: true })
const pictures = loadPictures().toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
for (const section of SECTIONS) {
  const held = pictures.filter(section.holds)
  for (const theme of ['day', 'dusk', 'night'] as const)
    writeFileSync(path.join(folder, `${section.id}-${theme}.png`), contactSheet(section, held, theme, font))
}
writeFileSync(path.join(root, 'docs', 'symbols.md'), symbolsPage(pictures))
