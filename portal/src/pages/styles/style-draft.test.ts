import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SLOTS } from './slots.test-data.ts'
import { colourOf, draftOf, parametersOf, sameDraft, themeOf, withColour, withSettings } from './style-draft.ts'

const record = {
  name: 'Bridge',
  parameters: {
    colors: { LANDA: '#112233', DEPVS: '#61B7FF', CHBLK: '#000000', OUTLW: '#000000', NEWER: '#010203', BROKEN: 'hsl(1,2%,3%)' },
    settings: { theme: 'day', iconSet: 'enc-day', depthLimit: 5, unknown: { kept: true } },
    extra: 1,
  },
}

test('colours of the theme are not changes, and unknown members are kept', () => {
  const draft = draftOf(record, SLOTS)
  assert.deepEqual(draft.colors, { LANDA: '#112233' })
  assert.deepEqual(parametersOf(draft), {
    colors: { NEWER: '#010203', BROKEN: 'hsl(1,2%,3%)', LANDA: '#112233' },
    settings: record.parameters.settings,
    extra: 1,
  })
})

test('a colour can be changed and reset, and outlines follow black', () => {
  const draft = draftOf(record, SLOTS)
  const changed = withColour(draft, SLOTS, 'CHBLK', '#AABBCC')
  assert.equal(colourOf(SLOTS, changed, 'CHBLK'), '#aabbcc')
  assert.equal(colourOf(SLOTS, changed, 'OUTLW'), '#aabbcc')
  assert.equal(colourOf(SLOTS, withColour(changed, SLOTS, 'OUTLW', '#010101'), 'OUTLW'), '#010101')
  assert.ok(sameDraft(withColour(changed, SLOTS, 'CHBLK', null), draft))
  assert.ok(sameDraft(withColour(changed, SLOTS, 'CHBLK', '#000000'), draft))
  assert.ok(!sameDraft(changed, draft))
})

test('another theme brings its own colours and icon set, and leaves the changed ones', () => {
  const night = withSettings(draftOf(record, SLOTS), SLOTS, { theme: 'night' })
  assert.equal(night.settings['iconSet'], 'enc-night')
  assert.equal(colourOf(SLOTS, night, 'DEPVS'), '#071727')
  assert.equal(colourOf(SLOTS, night, 'LANDA'), '#112233')
  assert.equal(withSettings(night, SLOTS, { iconSet: 'paper', theme: 'day' }).settings['iconSet'], 'paper')
  assert.ok(!('depthLimit' in withSettings(night, SLOTS, { depthLimit: undefined }).settings))
})

test('the theme is that of the settings, else that of the icon set, else day', () => {
  assert.equal(themeOf({ theme: 'dusk', iconSet: 'enc-night' }), 'dusk')
  assert.equal(themeOf({ iconSet: 'enc-night' }), 'night')
  assert.equal(themeOf({ theme: 'dawn' }), 'day')
})

test('drafts are the same whatever the order of their members', () => {
  const draft = draftOf(record, SLOTS)
  const other = { ...draft, settings: Object.fromEntries(Object.entries(draft.settings).toReversed()) }
  assert.ok(sameDraft(draft, other))
})
