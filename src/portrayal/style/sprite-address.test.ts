import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildSlotStyle, buildStyle } from './build-style.ts'
import { STYLE_DEFAULTS, type StyleOptions } from './style-options.ts'

const options: StyleOptions = {
  ...STYLE_DEFAULTS,
  base: 'https://host',
  assets: 'https://host/static/1',
  colouredSprites: 'https://host/sprites/1',
  classes: new Set(['LIGHTS']),
}

test('a style without changed colours has the sprite of its theme', () => {
  assert.equal(buildStyle({ ...options, theme: 'dusk' }).sprite, 'https://host/static/1/sprites/dusk')
})

test('a style with changed colours has a sprite in these colours, by an address that says which', () => {
  const colors = { CHMGD: '#FF0000' }
  assert.equal(buildStyle({ ...options, colors }).sprite, 'https://host/sprites/1/day?colours=CHMGD-ff0000')
  assert.equal(
    buildStyle({ ...options, colors, token: 'a b' }).sprite,
    'https://host/sprites/1/day?colours=CHMGD-ff0000&token=a%20b',
  )
})

test('a style for an editor says where the sprite in other colours is', () => {
  const { sprite, metadata } = buildSlotStyle({ ...options, theme: 'night' })
  assert.equal(sprite, 'https://host/static/1/sprites/night')
  assert.deepEqual(
    (metadata as Record<string, unknown>)['chartroom:colouredSprite'],
    'https://host/sprites/1/night?colours={colours}',
  )
})
