import { Resvg } from '@resvg/resvg-js'
import type { Theme } from '../../src/portrayal/palette/tokens.ts'
import type { Picture } from './picture.ts'
import { themeCss } from './theme-css.ts'

/** Pixels in rows from the top, 4 bytes each: red, green, blue, alpha; colours not multiplied by alpha. */
export interface Pixels {
  width: number
  height: number
  data: Uint8Array
}

const DEFAULTS = 'fill="none" stroke-width="0.32" stroke-linecap="round" stroke-linejoin="round"'

/** Colours and renders a picture for a theme. */
export function renderPicture(picture: Picture, theme: Theme, ratio: number): Pixels {
  const [width, height] = [picture.width * ratio, picture.height * ratio]
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${picture.box.join(' ')}" preserveAspectRatio="none"><style>${usedCss(picture.body, theme)}</style><g ${DEFAULTS}>${picture.body}</g></svg>`
  const rendered = new Resvg(svg, { font: { loadSystemFonts: false } }).render()
  if (rendered.width !== width || rendered.height !== height)
    throw new Error(`${picture.name} became ${rendered.width} x ${rendered.height} pixels instead of ${width} x ${height}`)
  return { width, height, data: straightAlpha(rendered.pixels) }
}

/** Keeps only the rules a drawing uses: reading all of them takes longer than drawing. */
function usedCss(body: string, theme: Theme): string {
  return themeCss(theme)
    .split('}')
    .filter((rule) => body.includes(rule.slice(1, rule.indexOf('{'))))
    .map((rule) => `${rule}}`)
    .join('')
}

function straightAlpha(premultiplied: Uint8Array): Uint8Array {
  const data = new Uint8Array(premultiplied.length)
  for (let at = 0; at < data.length; at += 4) {
    const alpha = premultiplied[at + 3] ?? 0
    if (alpha === 0) continue
    for (let channel = at; channel < at + 3; channel++)
      data[channel] = Math.min(255, Math.round(((premultiplied[channel] ?? 0) * 255) / alpha))
    data[at + 3] = alpha
  }
  return data
}
