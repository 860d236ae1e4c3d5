import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deriveLights } from './derive-lights.ts'
import { lightFigure } from './light-figure.ts'

type Attributes = Record<string, string>

const derive = (...lights: Attributes[]) =>
  deriveLights(lights.map((attributes) => new Map(Object.entries(attributes)))).map((properties) =>
    Object.fromEntries(properties),
  )

for (const [attributes, expected] of [
  [{ CATLIT: '8', VALNMR: '20' }, 'other'],
  [{ CATLIT: '4,11' }, 'other'],
  [{ CATLIT: '9' }, 'other'],
  [{ SECTR1: '10', SECTR2: '20', VALNMR: '20' }, 'sector'],
  [{ SECTR1: '10', SECTR2: '20', CATLIT: '1', ORIENT: '15' }, 'sector'],
  [{ SECTR1: '0', SECTR2: '360', VALNMR: '14.9' }, 'flare'],
  [{ SECTR1: '0', SECTR2: '360', VALNMR: '15' }, 'allRound'],
  [{ SECTR1: '10', VALNMR: '3' }, 'flare'],
  [{ CATLIT: '1', ORIENT: '15' }, 'directional'],
  [{ CATLIT: '16' }, 'directional'],
  [{ VALNMR: '15' }, 'allRound'],
  [{ VALNMR: '15', CATLIT: '7' }, 'allRound'],
  ...['4', '5', '6', '12', '13'].map((code) => [{ VALNMR: '20', CATLIT: code }, 'flare']),
  [{ VALNMR: '20', LITCHR: '12' }, 'flare'],
  [{ VALNMR: '20', ORIENT: '15' }, 'flare'],
  [{ VALNMR: '' }, 'flare'],
  [{}, 'flare'],
] as [Attributes, string][]) {
  test(`a light with ${JSON.stringify(attributes)} is drawn as ${expected}`, () => {
    assert.equal(lightFigure(new Map(Object.entries(attributes))), expected)
  })
}

test('one light has a flare and a text on the first line', () => {
  const light = { LITCHR: '2', SIGGRP: '(2)', COLOUR: '3', SIGPER: '10', STATUS: '8', VALNMR: '5' }
  assert.deepEqual(derive(light), [{ flare: 135, character: 'Fl(2) R 10s', statusText: '(priv)', place: 0 }])
})

test('a white or yellow flare points up when another light without sector stands there', () => {
  const flares = (...colours: string[]) => derive(...colours.map((COLOUR) => ({ LITCHR: '1', COLOUR }))).map(({ flare }) => flare)
  assert.deepEqual(flares('1'), [135])
  assert.deepEqual(flares('1', '3'), [45, 135])
  assert.deepEqual(flares('4', '6', '11'), [135, 45, 45])
  assert.deepEqual(flares('1,3', '1,4'), [135, 135])
  const beside = (other: Attributes) => derive({ LITCHR: '1', COLOUR: '1' }, other)[0]?.flare
  assert.equal(beside({ SECTR1: '10', SECTR2: '20', COLOUR: '3' }), 135)
  assert.equal(beside({ CATLIT: '8' }), 135)
  assert.equal(beside({ CATLIT: '1', ORIENT: '90' }), 45)
  assert.equal(beside({ VALNMR: '20', COLOUR: '1' }), 45)
})

test('lights at one place have a line of text each, in the order of the file', () => {
  const lights = [{ LITCHR: '2', COLOUR: '1' }, {}, { LITCHR: '1', COLOUR: '3', CATLIT: '6' }, { CATLIT: '8', LITCHR: '1' }]
  assert.deepEqual(derive(...lights), [
    { flare: 45, character: 'Fl W', place: 0 },
    { flare: 135 },
    { flare: 135, character: 'F R', place: 1 },
    {},
  ])
})

const sector = (from: number, to: number, COLOUR: string, VALNMR: string, rest: Attributes = {}): Attributes => ({
  ...{ SECTR1: String(from), SECTR2: String(to), COLOUR, VALNMR, LITCHR: '7', SIGPER: '6', HEIGHT: '20' },
  ...rest,
})

test('the sectors of a light have one text, with colours by falling range, on the sector that reaches furthest', () => {
  assert.deepEqual(derive(sector(0, 90, '4', '12'), sector(90, 180, '1', '18'), sector(180, 270, '3', '12')), [
    { sector: true },
    { sector: true, character: 'Iso WRG 6s', rangeText: '18/12M', place: 0 },
    { sector: true },
  ])
})

test('three ranges are written as the first and the last, and a colour counts with its greatest range', () => {
  const found = derive(
    sector(0, 90, '3', '9'),
    sector(90, 180, '1', '18'),
    sector(180, 270, '4', '13'),
    sector(270, 300, '3', '8'),
  )
  assert.deepEqual([found[1]?.character, found[1]?.rangeText], ['Iso WGR 6s', '18-8M'])
})

test('an obscured sector adds nothing to the text', () => {
  const [lit, dark] = derive(sector(0, 90, '1', '18'), sector(90, 180, '3', '20', { LITVIS: '7' }))
  assert.deepEqual([lit?.character ?? dark?.character, lit?.rangeText ?? dark?.rangeText], ['Iso W 6s', '18M'])
})

test('sectors of another rhythm or height are another light', () => {
  assert.deepEqual(
    derive(
      sector(0, 90, '1', '18'),
      sector(0, 90, '3', '9', { LITCHR: '1', SIGPER: '' }),
      sector(90, 180, '1', '18', { HEIGHT: '7' }),
      sector(90, 180, '4', '14', { HEIGHT: '20.0' }),
    ).map(({ character, rangeText, place }) => [character, rangeText, place]),
    [
      ['Iso WG 6s', '18/14M', 0],
      ['F R', '9M', 1],
      ['Iso W 6s', '18M', 2],
      [undefined, undefined, undefined],
    ],
  )
})

test('the text of sectors is on one that appears at the lowest zoom', () => {
  const found = derive(sector(0, 90, '1', '18', { SCAMIN: '90000' }), sector(90, 180, '3', '9', { SCAMIN: '180000' }))
  assert.deepEqual(
    found.map(({ character }) => character),
    [undefined, 'Iso WR 6s'],
  )
})

test('sectors without range have no range text', () => {
  assert.deepEqual(derive(sector(0, 90, '1', ''), sector(90, 180, '3', '')), [
    { sector: true, character: 'Iso WR 6s', place: 0 },
    { sector: true },
  ])
})
