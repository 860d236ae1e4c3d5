import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, test } from 'node:test'
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { TOKENS } from '#portrayal/palette/tokens.ts'

const FOLDER = path.resolve(import.meta.dirname, '..', '..', 'assets', 'symbols')

const ELEMENTS = new Set(['svg', 'g', 'path', 'circle', 'ellipse', 'rect', 'line', 'polyline', 'polygon'])
/** Narrowest line that stays visible at 3.57 pixels per millimetre, in millimetres. */
const NARROWEST = 0.3

/** Inconspicuous and conspicuous landmarks; the second is the first in black. */
const LANDMARK_PAIRS =
  `BUIREL01 BUIREL13, BUIREL04 BUIREL14, BUIREL05 BUIREL15, CAIRNS01 CAIRNS11, CHIMNY01 CHIMNY11, DOMES001 DOMES011,
  DSHAER01 DSHAER11, FLASTK01 FLASTK11, FORSTC01 FORSTC11, HILTOP01 HILTOP11, MONUMT02 MONUMT12, MSTCON04 MSTCON14, POSGEN01 POSGEN03,
  RASCAN01 RASCAN11, RFNERY01 RFNERY11, TNKCON02 TNKCON12, TNKFRM01 TNKFRM11, TOWERS01 TOWERS03, TOWERS02 TOWERS12, TOWERS05 TOWERS15,
  WIMCON01 WIMCON11, WNDFRM51 WNDFRM61, WNDMIL02 WNDMIL12`
    .split(',')
    .map((pair) => pair.trim().split(' '))

interface Drawing {
  name: string
  tags: SaxesTagPlain[]
  box: number[]
  pivot: number[]
  body: string
}

const drawings: Drawing[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.svg'))
  .map((file) => {
    const text = readFileSync(path.join(FOLDER, file), 'utf8')
    const tags = tagsOf(text, file)
    return {
      name: path.basename(file, '.svg'),
      tags,
      box: numbersOf(tags[0]?.attributes['viewBox']),
      pivot: numbersOf(tags[0]?.attributes['data-pivot']),
      body: text.slice(text.indexOf('>') + 1, text.lastIndexOf('</svg>')),
    }
  })

function numbersOf(list = ''): number[] {
  return list.split(' ').map(Number)
}

/** Returns the elements in document order. @throws AssertionError when the XML is not well-formed. */
function tagsOf(text: string, file: string): SaxesTagPlain[] {
  const tags: SaxesTagPlain[] = []
  const parser = new SaxesParser()
  parser.on('opentag', (tag) => tags.push(tag))
  parser.on('error', (error) => assert.fail(`${file}: ${error.message}`))
  parser.on('text', (content) => assert.equal(content.trim(), '', `${file} has text`))
  parser.write(text).close()
  return tags
}

const classesOf = (tag: SaxesTagPlain) => (tag.attributes['class'] ?? '').split(' ').filter(Boolean)
const bodyOf = (name: string) => drawings.find((drawing) => drawing.name === name)?.body ?? assert.fail(`${name} is missing`)
const shapeOf = (name: string) =>
  bodyOf(name)
    .replaceAll(/ class="[^"]*"/g, '')
    .replaceAll(/ stroke-width="[^"]*"/g, '')
    .replace(/<g transform="translate[^>]*>/, '<g>')

describe('the drawings of symbols', () => {
  test('every file is one svg element with a viewBox and a pivot', () => {
    assert.ok(drawings.length >= 178)
    for (const { name, tags, box, pivot } of drawings) {
      assert.equal(tags[0]?.name, 'svg', name)
      assert.equal(tags[0]?.attributes['xmlns'], 'http://www.w3.org/2000/svg', name)
      assert.ok(box.length === 4 && box.every(Number.isFinite) && box[2]! > 0 && box[3]! > 0, `${name} has a wrong viewBox`)
      assert.ok(pivot.length === 2 && pivot.every(Number.isFinite), `${name} has a wrong pivot`)
    }
  })

  test('only shapes and groups are used', () => {
    for (const { name, tags } of drawings)
      for (const tag of tags) assert.ok(ELEMENTS.has(tag.name), `${name} has the element ${tag.name}`)
  })

  test('every shape takes its colours from tokens of S-52', () => {
    for (const { name, tags } of drawings)
      for (const tag of tags) {
        const classes = classesOf(tag)
        for (const each of classes) assert.ok(/^[sf]/.test(each) && each.slice(1) in TOKENS.day, `${name} has the class ${each}`)
        for (const own of ['fill', 'stroke', 'style', 'color', 'opacity'])
          assert.ok(!(own in tag.attributes), `${name} has the attribute ${own}`)
        if (tag.name !== 'svg' && tag.name !== 'g') assert.ok(classes.length > 0, `${name} has a ${tag.name} without a colour`)
      }
  })

  test('lines are wide enough to see', () => {
    for (const { name, tags } of drawings)
      for (const tag of tags) {
        const classes = classesOf(tag)
        const isLine = classes.some((each) => each.startsWith('s')) && !classes.some((each) => each.startsWith('f'))
        const width = Number(tag.attributes['stroke-width'] ?? 0.32)
        assert.ok(!isLine || width >= NARROWEST, `${name} has a line of ${width} mm`)
      }
  })
})

describe('families of symbols', () => {
  test('a conspicuous landmark has the shape of the inconspicuous one, in black', () => {
    for (const [inconspicuous = '', conspicuous = ''] of LANDMARK_PAIRS) {
      assert.equal(shapeOf(conspicuous), shapeOf(inconspicuous), conspicuous)
      assert.match(bodyOf(inconspicuous), /LANDF/, inconspicuous)
      assert.doesNotMatch(bodyOf(conspicuous), /LANDF/, conspicuous)
      assert.match(bodyOf(conspicuous), /CHBLK/, conspicuous)
    }
  })

  test('light flares differ only in colour', () => {
    for (const name of ['LIGHTS12', 'LIGHTS13', 'LITDEF11']) assert.equal(shapeOf(name), shapeOf('LIGHTS11'), name)
    for (const [name, token] of [
      ['LIGHTS11', 'LITRD'],
      ['LIGHTS12', 'LITGN'],
      ['LIGHTS13', 'LITYW'],
      ['LIGHTS14', 'RESBL'],
      ['LITDEF11', 'CHMGD'],
    ] as const)
      assert.match(bodyOf(name), new RegExp(`f${token}\\b`), name)
  })

  test('the point of a light flare is at the position and its body above it', () => {
    for (const { name, box, pivot } of drawings.filter((drawing) => /^(LIGHTS1[1-4]|LITDEF11)$/.test(drawing.name))) {
      const [, top = 0, , height = 0] = box
      assert.ok(Math.abs(top + height - pivot[1]!) < 0.3 && height > 6.9, name)
    }
  })

  test('lateral buoys of one shape differ only in colour', () => {
    for (const [name, twin] of [
      ['BOYLAT13', 'BOYLAT14'],
      ['BOYLAT23', 'BOYLAT24'],
      ['BCNLAT15', 'BCNLAT16'],
      ['BCNLAT21', 'BCNLAT22'],
    ] as const) {
      assert.equal(shapeOf(name), shapeOf(twin), name)
      assert.notEqual(bodyOf(name), bodyOf(twin), name)
    }
  })

  test('a sounding fits inside the outline of a danger', () => {
    for (const name of ['DANGER01', 'DANGER02', 'DANGER03']) {
      const body = bodyOf(name).match(/<ellipse class="sCHBLK"[^>]*>/)?.[0] ?? assert.fail(`${name} has no outline`)
      const [rx, ry] = ['rx', 'ry'].map((each) => Number(new RegExp(` ${each}="([^"]*)"`).exec(body)?.[1]))
      // Half of three digits of 1.25 x 2.5 mm, 2.25 mm apart.
      assert.ok((2.9 / rx!) ** 2 + (1.25 / ry!) ** 2 < 1, name)
    }
  })
})
