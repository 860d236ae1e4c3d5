import { createCanvas, loadImage } from '@napi-rs/canvas'

export interface Difference {
  /** Mean difference of a channel, 0 to 255. */
  mean: number
  /** Share of pixels that differ visibly. */
  share: number
}

/** A channel differs visibly from here on, after the blur. */
const VISIBLE = 32

/**
 * Compares two pictures as an eye would: both are blurred first, so that an edge that moved by a fraction of a pixel does not count.
 *
 * @throws Error when the sizes differ.
 */
export async function comparePictures(actual: Uint8Array, expected: Uint8Array): Promise<Difference> {
  const [a, b] = [await blurred(actual), await blurred(expected)]
  if (a.width !== b.width || a.height !== b.height) throw new Error('the pictures differ in size')
  let sum = 0
  let visible = 0
  for (let i = 0; i < a.data.length; i += 4) {
    let most = 0
    for (let channel = 0; channel < 3; channel++) {
      const difference = Math.abs((a.data[i + channel] ?? 0) - (b.data[i + channel] ?? 0))
      sum += difference
      most = Math.max(most, difference)
    }
    if (most >= VISIBLE) visible++
  }
  const pixels = a.width * a.height
  return { mean: sum / (3 * pixels), share: visible / pixels }
}

/**
 * Mean brightness of a picture, 0 to 255 each: `luma` of the values as stored, `luminance` of the light that they represent (sRGB, Rec.
 * 709).
 */
export async function meanBrightness(picture: Uint8Array): Promise<{ luma: number; luminance: number }> {
  const { data, width, height } = await pixelsOf(picture, 'none')
  let luma = 0
  let luminance = 0
  for (let i = 0; i < data.length; i += 4) {
    const [red, green, blue] = [data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0]
    luma += weigh(red, green, blue)
    luminance += 255 * weigh(linear(red), linear(green), linear(blue))
  }
  return { luma: luma / (width * height), luminance: luminance / (width * height) }
}

const weigh = (red: number, green: number, blue: number) => 0.2126 * red + 0.7152 * green + 0.0722 * blue

function linear(value: number): number {
  const share = value / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

/** Number of pixels within `tolerance` of a colour in each channel. */
export async function countColour(
  picture: Uint8Array,
  [red, green, blue]: readonly [number, number, number],
  tolerance = 6,
): Promise<number> {
  const { data } = await pixelsOf(picture, 'none')
  let count = 0
  for (let i = 0; i < data.length; i += 4) {
    const isClose = [red, green, blue].every((wanted, channel) => Math.abs((data[i + channel] ?? 0) - wanted) <= tolerance)
    if (isClose) count++
  }
  return count
}

const blurred = (picture: Uint8Array) => pixelsOf(picture, 'blur(1.5px)')

async function pixelsOf(picture: Uint8Array, filter: string) {
  const image = await loadImage(picture)
  const context = createCanvas(image.width, image.height).getContext('2d')
  context.filter = filter
  context.drawImage(image, 0, 0)
  return context.getImageData(0, 0, image.width, image.height)
}
