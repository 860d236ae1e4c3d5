import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { attributeTexts } from '#compiled/read/attribute-values.ts'
import { demoCells } from '#demo/demo-cells.ts'
import { attributeByAcronym } from '#s57/data/attributes.ts'
import { EXPECTED_INPUT } from '#s57/data/expected-input.ts'
import { OBJECT_CLASSES } from '#s57/data/object-classes.ts'
import { CLASS_NOUNS } from '#s57/words/class-nouns.ts'
import { describeObject } from '#s57/words/describe-object.ts'
import { mirrorCells, noCharts } from './chart-files.ts'
import { openCell, tableOf, visitFeatures } from './noaa-sentences.ts'

const say = (acronym: string, attributes: Record<string, string>, depths: number[] = []) =>
  describeObject({ acronym, attributes: new Map(Object.entries(attributes)), depths })

const FREE_TEXT = /^(free text|coded string)$/
/** Acronyms of S-57 have five capitals or more, or an underscore; no word of the sentences has. */
const ACRONYM = /[A-Z]{5}|\b[A-Z]_[A-Z]|\bOBJL|undefined|null|NaN/

function assertPlain(sentence: string, context: string): void {
  assert.match(sentence, /^[A-Z0-9A1“].*\.$/u, context)
  assert.doesNotMatch(sentence, ACRONYM, context)
  assert.doesNotMatch(sentence, /[:,]\s*[,.:]|\s\s|\b987\b/, context)
}

test('a magnetic variation reads as on a compass rose', () => {
  assert.equal(
    say('MAGVAR', { VALMAG: '-6.25', RYRMGV: '2015', VALACM: '3' }),
    "Magnetic variation: 6°15'W (2015), changing 3' east a year.",
  )
  assert.equal(say('MAGVAR', { VALMAG: '2.5', VALACM: '-7.5' }), "Magnetic variation: 2°30'E, changing 7.5' west a year.")
  assert.equal(say('MAGVAR', { VALMAG: '0', RYRMGV: '2015', VALACM: '0' }), "Magnetic variation: 0°00' (2015), not changing.")
  assert.equal(say('MAGVAR', { RYRMGV: '2015' }), 'Magnetic variation: value unknown (2015).')
})

test('aids to navigation read like a light list', () => {
  assert.equal(
    say('BOYLAT', { OBJNAM: 'R "8"', CATLAM: '2', COLOUR: '3', BOYSHP: '1', CONRAD: '3' }),
    'Starboard-hand buoy R "8": red nun, radar reflector.',
  )
  assert.equal(
    say('BOYSAW', { COLOUR: '3,1', COLPAT: '2', BOYSHP: '3' }),
    'Safe water buoy: red and white vertical stripes, sphere.',
  )
  assert.equal(
    say('BCNCAR', { CATCAM: '1', COLOUR: '2,6', COLPAT: '1', BCNSHP: '3' }),
    'North cardinal beacon: black and yellow horizontal stripes, beacon tower.',
  )
  assert.equal(
    say('LIGHTS', { OBJNAM: 'Tybee Light', LITCHR: '1', COLOUR: '1', HEIGHT: '44', VALNMR: '19' }),
    'Tybee Light: F W 44m 19M.',
  )
  assert.equal(
    say('LIGHTS', { LITCHR: '2', SIGGRP: '(2)', SIGPER: '10', COLOUR: '1', SECTR1: '45', SECTR2: '120' }),
    'Light: Fl(2) W 10s, white from 045° to 120°, as seen from the sea.',
  )
  assert.equal(say('FOGSIG', { CATFOG: '10', SIGGRP: '(2)', SIGPER: '30' }), 'Fog signal: horn, 2 blasts every 30 s.')
  assert.equal(say('RTPBCN', { CATRTB: '2', SIGGRP: '(G)' }), 'Racon: Morse G.')
})

test('the name of an aid to navigation comes before what carries it', () => {
  assert.equal(
    say('BCNLAT', { OBJNAM: 'Bear River Light 112', CATLAM: '2', COLOUR: '3', BCNSHP: '1' }),
    'Bear River Light 112: starboard-hand beacon, red pole.',
  )
  assert.equal(say('LNDMRK', { OBJNAM: 'Browns Point Light.', CATLMK: '17', COLOUR: '1' }), 'Browns Point Light: tower, white.')
  assert.equal(say('LIGHTS', { OBJNAM: 'Bear River Light 112', LITCHR: '2', COLOUR: '3' }), 'Bear River Light 112: Fl R.')
  assert.equal(say('LIGHTS', { LITCHR: '2', COLOUR: '1', LITVIS: '1' }), 'Light: Fl W, of high intensity.')
  assert.equal(
    say('NEWOBJ', { CLSNAM: 'Virtual AtoN, Port Lateral', OBJNAM: 'Channel 1' }),
    'Virtual aid to navigation, port lateral Channel 1.',
  )
})

test('dangers and depths carry metres and say how well they are known', () => {
  assert.equal(say('WRECKS', { CATWRK: '2', VALSOU: '4.2', QUASOU: '6' }), 'Dangerous wreck: least depth 4.2 m (known).')
  assert.equal(say('UWTROC', { VALSOU: '-1.2', WATLEV: '4' }), 'Rock: dries 1.2 m, covers and uncovers.')
  assert.equal(say('OBSTRN', { WATLEV: '3', VALSOU: '' }), 'Obstruction: depth unknown, always under water.')
  assert.equal(say('DEPARE', { DRVAL1: '5.4', DRVAL2: '9.1' }), 'Depth 5.4 to 9.1 m.')
  assert.equal(say('DEPARE', { DRVAL1: '-1.2', DRVAL2: '0' }), 'Dries up to 1.2 m.')
  assert.equal(say('DEPARE', { DRVAL1: '', DRVAL2: '' }), 'Depth unknown.')
  assert.equal(say('SOUNDG', {}, [3.2, 8.1]), 'Soundings from 3.2 m to 8.1 m.')
  assert.equal(say('SBDARE', { NATSUR: '4,17', NATQUA: '1,4' }), 'Seabed: fine sand and broken shells.')
  assert.equal(
    say('M_QUAL', { CATZOC: '3', SUREND: '2019' }),
    'Survey quality: B (no full search, positions within 50 m), surveyed 2019.',
  )
})

test('areas and structures carry their restrictions, clearances and periods', () => {
  assert.equal(
    say('RESARE', { RESTRN: '1,13', CATREA: '4' }),
    'Restricted area: nature reserve, anchoring prohibited and no wake allowed.',
  )
  assert.equal(
    say('BRIDGE', { CATBRG: '1', VERCLR: '19.8', HORCLR: '' }),
    'Fixed bridge: vertical clearance 19.8 m, horizontal clearance unknown.',
  )
  assert.equal(say('PRCARE', { PERSTA: '--0501', PEREND: '--1031' }), 'Precautionary area: from 1 May to 31 October each year.')
  assert.equal(say('CTNARE', { INFORM: 'Shoaling' }), 'Caution area. The chart notes: “Shoaling”.')
})

test('every class of the S-57 catalogue has a noun of its own', () => {
  const missing = [...OBJECT_CLASSES.values()].filter(({ acronym }) => /^[A-Z$]/.test(acronym) && !CLASS_NOUNS.has(acronym))
  assert.deepEqual(
    missing.map(({ acronym }) => acronym),
    [],
  )
})

test('no value of any attribute of any class brings an acronym or a code into a sentence', () => {
  for (const { acronym, attributes } of OBJECT_CLASSES.values()) {
    assertPlain(say(acronym, {}), acronym)
    for (const key of attributes) {
      const type = attributeByAcronym.get(key)
      const meanings = EXPECTED_INPUT.get(type?.code ?? -1)?.keys() ?? []
      const values = FREE_TEXT.test(type?.type ?? '') ? [''] : ['', '12', ...[...meanings].map(String)]
      if (type?.type === 'enumeration' || type?.type === 'list') values.push('987')
      for (const value of values) assertPlain(say(acronym, { [key]: value }), `${acronym} ${key} ${value}`)
    }
  }
  assertPlain(say('OBJL_1234', { COLOUR: '3' }), 'a class outside the catalogue')
})

test('no sentence over the invented coast has an acronym or a code', () => {
  for (const { name, files } of demoCells()) {
    const cell = openCell({ name, base: files[0]!, updates: files.slice(1) })
    visitFeatures(cell, (feature, acronym, depths) => {
      const attributes = attributeTexts(cell, feature)
      assertPlain(describeObject({ acronym, attributes, depths }), `${name} ${acronym} ${feature}`)
    })
  }
})

test('sentences over the NOAA mirror have no acronym, and a sample of them reads as reviewed', { skip: noCharts }, async () => {
  const sentences = new Map<string, Set<string>>()
  for (const files of await mirrorCells('day1')) {
    const cell = openCell(files)
    visitFeatures(cell, (feature, acronym, depths) => {
      const attributes = attributeTexts(cell, feature)
      const distinct = sentences.get(acronym) ?? new Set()
      sentences.set(acronym, distinct.add(describeObject({ acronym, attributes, depths })))
      const own = new Map([...attributes].filter(([key]) => !FREE_TEXT.test(attributeByAcronym.get(key)?.type ?? 'free text')))
      assertPlain(describeObject({ acronym, attributes: own, depths }), `${files.name} ${acronym} ${feature}`)
    })
  }
  const reviewed = readFileSync(new URL('noaa-sentences.txt', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
  assert.deepEqual(tableOf(sentences), reviewed)
})
