import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hintsOf, type Painted } from './hints.ts'

const DAY: Record<string, string> = {
  DEPDW: '#c9edff',
  DEPMD: '#a7d9fb',
  DEPMS: '#82caff',
  DEPVS: '#61b7ff',
  DEPIT: '#58af9c',
  LANDA: '#bfbe8f',
  CHBRN: '#a19653',
  CHBLK: '#000000',
  SNDG1: '#768c97',
  SNDG2: '#000000',
}
const painted = (changes: Record<string, string> = {}): Painted => {
  const colour = (slot: string) => changes[slot] ?? DAY[slot] ?? '#000000'
  return { colour, text: colour }
}
const hints = (changes: Record<string, string>, light: number | null = null) =>
  hintsOf(painted(changes), painted(), light).map((hint) =>
    hint.kind === 'night' ? 'night' : `${hint.kind} ${hint.slots.join(' ')}`,
  )

test('the theme itself has no hints, although its soundings on deep water are faint', () => {
  assert.deepEqual(hints({}), [])
  assert.deepEqual(hints({ SNDG1: '#6f8590' }), [])
})

test('text on a ground that became dark is reported with its contrast', () => {
  assert.deepEqual(hints({ CHBRN: '#30302a' }), ['text CHBLK CHBRN'])
  const [hint] = hintsOf(painted({ CHBRN: '#30302a' }), painted(), null)
  assert.ok(hint?.kind === 'text' && hint.ratio < 2 && hint.usual > 4.5)
})

test('neighbouring shades of depth that look alike are reported, and to whom they do', () => {
  assert.deepEqual(hints({ DEPMS: '#63b8ff' }), ['shades DEPMS DEPVS'])
  const [hint] = hintsOf(painted({ LANDA: '#d07050', DEPIT: '#6f9c4a' }), painted(), null)
  assert.ok(hint?.kind === 'shades', 'a reddish and a greenish ground')
  assert.equal(hint.sight, 'deutan')
})

test('a bright night is reported only when it is known', () => {
  assert.deepEqual(hints({}, 0.3), ['night'])
  assert.deepEqual(hints({}, 0.004), [])
})
