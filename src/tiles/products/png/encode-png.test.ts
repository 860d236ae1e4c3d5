import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { encodePng } from './encode-png.ts'

const SIZE = 64

/** A picture whose pixels are `[red, green, blue]` of their number. */
function pixelsOf(colour: (index: number) => [number, number, number]) {
  const data = new Uint8Array(4 * SIZE * SIZE)
  for (let i = 0; i < SIZE * SIZE; i++) data.set([...colour(i), 255], 4 * i)
  return { data, stride: SIZE, left: 0, top: 0, width: SIZE, height: SIZE }
}

async function decode(file: Buffer): Promise<Uint8ClampedArray> {
  const context = createCanvas(SIZE, SIZE).getContext('2d')
  context.drawImage(await loadImage(file), 0, 0)
  return context.getImageData(0, 0, SIZE, SIZE).data
}

const COLOUR_TYPE = 25
const PALETTE = 3

for (const count of [1, 2, 4, 16, 17, 256]) {
  test(`a picture of ${count} colours has a palette and keeps every pixel`, async () => {
    const pixels = pixelsOf((i) => [i % count, 10, 200])
    const file = encodePng(pixels)
    assert.equal(file[COLOUR_TYPE], PALETTE)
    assert.deepEqual([...(await decode(file))], [...pixels.data])
  })
}

test('of more than 256 colours, those of areas stay exact and rare ones move by at most 16', async () => {
  const pixels = pixelsOf((i) => (i % 2 === 0 ? [97, 183, 255] : [i % 253, (3 * i) % 97, 100]))
  const file = encodePng(pixels)
  assert.equal(file[COLOUR_TYPE], PALETTE)
  const actual = await decode(file)
  for (let i = 0; i < SIZE * SIZE; i++) {
    for (const channel of [0, 1, 2]) {
      const off = Math.abs(actual[4 * i + channel]! - pixels.data[4 * i + channel]!)
      assert.ok(off <= (i % 2 === 0 ? 0 : 16), `pixel ${i}: ${off}`)
    }
  }
})

test('a part of a picture that is wider than high keeps every pixel', async () => {
  const { data } = pixelsOf((i) => [i % SIZE, Math.floor(i / SIZE), 9])
  const [left, top, width, height] = [10, 20, 12, 3]
  const image = await loadImage(encodePng({ data, stride: SIZE, left, top, width, height }))
  assert.deepEqual([image.width, image.height], [width, height])
  const context = createCanvas(width, height).getContext('2d')
  context.drawImage(image, 0, 0)
  const actual = context.getImageData(0, 0, width, height).data
  for (let i = 0; i < width * height; i++) {
    assert.deepEqual([...actual.subarray(4 * i, 4 * i + 2)], [left + (i % width), top + Math.floor(i / width)])
  }
})
