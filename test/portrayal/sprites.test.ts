import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, test } from 'node:test'
import { readDrawing } from '../../scripts/sprites/drawing.ts'
import { decodePng } from '../../scripts/sprites/encode-png.ts'
import { layOut } from '../../scripts/sprites/layout.ts'
import { linePicture } from '../../scripts/sprites/line-picture.ts'
import { ASSETS, loadPictures } from '../../scripts/sprites/load-pictures.ts'
import { PIXELS_PER_MM, type Picture, SHEETS } from '../../scripts/sprites/picture.ts'
import { type Pixels, renderPicture } from '../../scripts/sprites/render-picture.ts'
import { drawingsJson, sheetJson } from '../../scripts/sprites/sheet.ts'
import { TOKENS } from '../../src/portrayal/palette/tokens.ts'
import { portrayalOf } from '../../src/portrayal/table/portrayal-of.ts'
import { COMPLEX_BOUNDARIES, COMPLEX_LINES, LINE_PERIOD, periodOf } from '../../src/tiles/products/vector/run-up.ts'
import { drawn, S10 } from './drawn.ts'
import { witnesses } from './witnesses.ts'

const pictures = loadPictures()
const layout = layOut(pictures)
const names = new Set(pictures.map(({ name }) => name))
const drawings = ['symbols', 'patterns'].flatMap((folder) =>
  readdirSync(path.join(ASSETS, folder)).map((file) => ({ file: `${folder}/${file}`, path: path.join(ASSETS, folder, file) })),
)

/** Buoys, beacons and daymarks of the NOAA cells in shared/charts, by the values of their attributes. */
const NOAA_MARKS = `
BCN1-1,2-1 BCN1-1- BCN1-2- BCN1-3,4,3-1 BCN1-3- BCN1-4- BCN1-8- BCN1-- BCN3-1,2-1 BCN3-1,3-1 BCN3-11- BCN3-1- BCN3-2,1,2-1 BCN3-3,1-1
BCN3-3,1-2 BCN3-3,6-1 BCN3-3- BCN3-4- BCN3-6- BCN3-7- BCN3-- BCN4-1,3-1 BCN4-11,1-1 BCN4-1- BCN4-2- BCN4-3- BCN4-4- BCN4-7- BCN4-8,1-1
BCN4-- BCN5-1- BCN5-3- BCN5-4- BCN5-- BCN-3- BCN-7- BOY1-1,11-1 BOY1-3,4,3-1 BOY1-3- BOY1-6- BOY1-- BOY2-1,11-1 BOY2-4,3,4-1 BOY2-4-
BOY2-6- BOY2-- BOY3-6- BOY4-1,11-1 BOY4-3,1-2 BOY4-3,4,3-1 BOY4-3- BOY4-4,3,4-1 BOY4-4- BOY4-6- BOY4-- BOY5-- BOY7-6- BOY-6-
DAY12-1,2,1,1,2 DAY12-1,3,1,1,3 DAY12-11,1 DAY12-1 DAY12-6,6 DAY19-4,4 DAY21-1,3,1 DAY21-3,1,3 DAY21-3,2,3 DAY24-3,3,4 DAY24-3,3`
  .trim()
  .split(/\s+/)

describe('the committed sheets', () => {
  for (const [index, { theme, ratio, name }] of SHEETS.entries()) {
    test(`${name}.json lists the drawings of assets/ at their places`, () => {
      const committed = readFileSync(path.join(ASSETS, 'sprites', `${name}.json`), 'utf8')
      assert.ok(committed === sheetJson(layout, ratio), `${name}.json is out of date: npm run sprites`)
    })

    test(`${name}.png has the pixels of the drawings, in every sixth of them`, () => {
      const sheet = decodePng(readFileSync(path.join(ASSETS, 'sprites', `${name}.png`)))
      assert.deepEqual([sheet.width, sheet.height], [layout.width * ratio, layout.height * ratio])
      for (const { picture, x, y } of layout.places.filter((_, i) => i % SHEETS.length === index)) {
        const difference = largestDifference(sheet, x * ratio, y * ratio, renderPicture(picture, theme, ratio))
        // Processors round colours differently in the last bit.
        assert.ok(difference <= 2, `${picture.name} differs by ${difference} in ${name}.png: npm run sprites`)
      }
    })
  }
})

test('drawings.json has the drawings of assets/ without their colours', () => {
  assert.equal(readFileSync(path.join(ASSETS, 'drawings.json'), 'utf8'), drawingsJson(layout))
})

describe('the drawings', () => {
  test('colours are classes of S-52 tokens', () => {
    for (const { file, path: place } of drawings) {
      const { body } = readDrawing(place)
      const classes = [...body.matchAll(/class="([^"]*)"/g)].flatMap(([, list = '']) => list.split(' '))
      for (const each of classes) assert.ok(/^[sf]/.test(each) && each.slice(1) in TOKENS.day, `${file} has the class ${each}`)
      assert.doesNotMatch(
        body,
        /\b(fill|stroke)="(?!none)|style=|<(text|image|use|style)\b/,
        `${file} has colours or elements of its own`,
      )
    }
  })

  test('no drawing reaches out of its box', () => {
    for (const { file, path: place } of drawings) {
      const { box, body } = readDrawing(place)
      const margin = 1
      const [width, height] = [Math.ceil((box[2] + 2 * margin) * 10), Math.ceil((box[3] + 2 * margin) * 10)]
      const wide: Picture = { name: file, width, height, box: [box[0] - margin, box[1] - margin, width / 10, height / 10], body }
      const ink = inkOf(renderPicture(wide, 'day', 1))
      if (ink === null) assert.fail(`${file} draws nothing`)
      // A pixel is a tenth of a millimetre here; two of them are less than one of the sprite.
      const reach = {
        left: 10 - ink.left,
        top: 10 - ink.top,
        right: ink.right - 10 - box[2] * 10,
        bottom: ink.bottom - 10 - box[3] * 10,
      }
      for (const [side, pixels] of Object.entries(reach))
        assert.ok(pixels <= 2, `${file} reaches out at the ${side} by ${pixels / 10} mm`)
    }
  })
})

describe('complex lines', () => {
  const row = {
    name: 'TEST',
    colours: 'CHBLK',
    period_mm: '10',
    width_mm: '1',
    dashes_mm: '',
    elements_mm: '',
    strokes_width_mm: '1',
    other_strokes: '',
  }
  const noElement = () => assert.fail('no element is used')
  /** Which tenths of the period are inked on the line. */
  const inked = (picture: Picture) => {
    const { width, height, data } = renderPicture({ ...picture, width: 100, height: 10 }, 'day', 1)
    return Array.from({ length: 10 }, (_, tenth) => (data[((height / 2) * width + tenth * 10 + 5) * 4 + 3] === 255 ? 1 : 0)).join(
      '',
    )
  }

  test('dashes are inked from start to end', () => {
    assert.equal(inked(linePicture({ ...row, dashes_mm: '1.0-3.0 6.0-7.0' }, noElement)), '0110001000')
  })

  test('what passes the end of a period comes in at its start', () => {
    assert.equal(inked(linePicture({ ...row, dashes_mm: '8.0-12.0' }, noElement)), '1100000011')
    const element = {
      box: [0, -0.5, 4, 1] as const,
      pivot: [2, 0] as const,
      body: '<path class="sCHBLK" stroke-width="1" d="M0.5,0 H3.5"/>',
    }
    assert.equal(inked(linePicture({ ...row, elements_mm: 'EM@10.0' }, () => element)), '1100000011')
  })

  test('a dash over all but the pen of a period is a solid line', () => {
    assert.equal(inked(linePicture({ ...row, dashes_mm: '0.5-9.9' }, noElement)), '1111111111')
  })

  test('the images of all lines have lengths that divide the period which tiles count by', () => {
    const lines = pictures.filter(({ name }) => name.startsWith('line/'))
    assert.ok(lines.length > 40)
    for (const { name, width } of lines) assert.equal(LINE_PERIOD % width, 0, `${name} is ${width} pixels long`)
  })

  test('the image of the lines of an object has a length that divides the period by which tiles repeat it', () => {
    const lengths = new Map(pictures.map(({ name, width }) => [name, width]))
    const seen = new Set<string>()
    for (const [primitive, classes] of [
      ['A', COMPLEX_BOUNDARIES],
      ['L', COMPLEX_LINES],
    ] as const) {
      for (const className of classes.keys()) {
        for (const row of portrayalOf(className, primitive, 'simplified')?.rows ?? []) {
          const { line, when } = row
          if (line?.kind !== 'complex' || /^LOWACC/.test(line.name)) continue
          for (const properties of witnesses(when, S10)) {
            if (drawn(className, primitive, properties)[0] !== row) continue
            const text = (acronym: string) => (properties[acronym] === undefined ? null : String(properties[acronym]))
            const length = lengths.get(`line/${line.name}`) ?? LINE_PERIOD
            const period = periodOf(className, primitive, text)
            assert.ok(
              period !== null && period % length === 0,
              `${line.name} of ${className} is ${length} pixels long, not ${period}`,
            )
            seen.add(`${className} ${line.name}`)
          }
        }
      }
    }
    assert.ok(seen.has('DWRTCL DWRTCL06') && seen.has('RECTRC RECTRC12') && seen.size > 60, `${seen.size}`)
  })

  test('the line is the middle of the image even when an element lies on one side', () => {
    const tick = { box: [-0.2, 0, 0.4, 2] as const, pivot: [0, 0] as const, body: '<path class="sCHBLK" d="M0,0 V2"/>' }
    const { box, height } = linePicture({ ...row, elements_mm: 'EM@5.0' }, () => tick)
    assert.equal(box[1], -box[3] / 2)
    assert.ok(height >= 4 * PIXELS_PER_MM)
  })

  test('what lies to the right of a line is above it in the image: MapLibre lays the top of an image there', () => {
    const tick = { box: [-0.5, 0, 1, 2] as const, pivot: [0, 0] as const, body: '<path class="sCHBLK" d="M0,0.5 V2"/>' }
    const { width, height, data } = renderPicture(
      linePicture({ ...row, elements_mm: 'EM@5.0' }, () => tick),
      'day',
      1,
    )
    const inkIn = (from: number, to: number) => data.subarray(from * width * 4, to * width * 4).some((value) => value > 0)
    assert.equal(inkIn(0, height / 2 - 1), true)
    assert.equal(inkIn(height / 2 + 1, height), false)
  })
})

describe('the images', () => {
  test('a symbol has its pivot in the middle', () => {
    for (const { file, path: place } of drawings.filter((each) => /^symbols\/(?!EM)/.test(each.file))) {
      const { pivot } = readDrawing(place)
      const picture = pictures.find(({ name }) => name === path.basename(file, '.svg'))
      assert.ok(picture !== undefined, `${file} is not in the sprite`)
      const [x, y, width, height] = picture.box
      assert.ok(Math.abs(x + width / 2 - pivot[0]) < 1e-9 && Math.abs(y + height / 2 - pivot[1]) < 1e-9, `pivot of ${file}`)
      assert.ok(Math.abs(width * PIXELS_PER_MM - picture.width) < 1e-9, `scale of ${file}`)
    }
  })

  test('every mark of the NOAA cells has an image', () => {
    assert.deepEqual(
      NOAA_MARKS.filter((name) => !names.has(`mark/${name}`)),
      [],
    )
  })

  test('a mark of one colour has the same image with and without COLPAT', () => {
    const place = layout.places.find((each) => each.names.includes('mark/BOY4-3-'))
    assert.ok(place?.names.includes('mark/BOY4-3-1'))
  })

  test('a buoy with green, red and green bands shows three bands, green at the top', () => {
    const picture = pictures.find(({ name }) => name === 'mark/BOY2-4,3,4-1')
    assert.ok(picture !== undefined)
    const { width, height, data } = renderPicture(picture, 'day', 2)
    const column = Array.from({ length: height / 2 }, (_, y) => colourAt(data, (y * width + width / 2 + 4) * 4))
    const bands = column.filter((colour, y) => colour !== column[y - 1] && [TOKENS.day.CHGRN, TOKENS.day.CHRED].includes(colour))
    assert.deepEqual(bands, [TOKENS.day.CHGRN, TOKENS.day.CHRED, TOKENS.day.CHGRN])
  })

  test('no image is a blank, and none is larger than 300 pixels', () => {
    for (const { picture } of layout.places) {
      assert.ok(inkOf(renderPicture(picture, 'day', 1)) !== null, `${picture.name} is blank`)
      assert.ok(picture.width <= 300 && picture.height <= 300, `${picture.name} is ${picture.width} x ${picture.height} pixels`)
    }
  })
})

function largestDifference(sheet: Pixels, left: number, top: number, image: Pixels): number {
  let largest = 0
  for (let y = 0; y < image.height; y++) {
    for (let i = 0; i < image.width * 4; i++) {
      const committed = sheet.data[((top + y) * sheet.width + left) * 4 + i] ?? 0
      largest = Math.max(largest, Math.abs(committed - (image.data[y * image.width * 4 + i] ?? 0)))
    }
  }
  return largest
}

function inkOf({ width, height, data }: Pixels): { left: number; top: number; right: number; bottom: number } | null {
  let [left, top, right, bottom] = [width, height, -1, -1]
  for (let at = 0; at < width * height; at++) {
    if ((data[at * 4 + 3] ?? 0) < 32) continue
    const [x, y] = [at % width, Math.floor(at / width)]
    ;[left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x + 1), Math.max(bottom, y + 1)]
  }
  return right < 0 ? null : { left, top, right, bottom }
}

function colourAt(data: Uint8Array, at: number): string {
  return `#${[...data.subarray(at, at + 3)].map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}
