import { luminanceOf, toLinear } from './colour.ts'

const WIDTH = 96
const HEIGHT = 64

/** Light of each value of a channel: a picture has many pixels. */
const LIGHT = Array.from({ length: 256 }, (_, value) => toLinear(value))

/** The mean light of a picture, 0 for black to 1 for white, from a grid of its pixels; null where it cannot be read. */
export function lightOf(picture: HTMLCanvasElement): number | null {
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH
  canvas.height = HEIGHT
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) return null
  // The mean of sRGB values is not the mean of light, so pixels are sampled, not blended.
  context.imageSmoothingEnabled = false
  context.drawImage(picture, 0, 0, WIDTH, HEIGHT)
  const { data } = context.getImageData(0, 0, WIDTH, HEIGHT)
  let sum = 0
  for (let at = 0; at < data.length; at += 4)
    sum += luminanceOf([LIGHT[data[at] ?? 0] ?? 0, LIGHT[data[at + 1] ?? 0] ?? 0, LIGHT[data[at + 2] ?? 0] ?? 0])
  return sum / (WIDTH * HEIGHT)
}
