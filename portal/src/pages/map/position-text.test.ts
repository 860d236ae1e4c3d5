import assert from 'node:assert/strict'
import { test } from 'node:test'
import { POSITION_FORMATS } from '../../text/measures.ts'
import { parsePosition, positionText } from './position-text.ts'

test('a position is written in degrees and decimal minutes', () => {
  assert.equal(positionText({ latitude: 32.031, longitude: -80.851 }, 'minutes'), '32°01.860′N 080°51.060′W')
  assert.equal(positionText({ latitude: -0.5, longitude: 179.9999999 }, 'minutes'), '00°30.000′S 180°00.000′E')
})

test('a position is written in each form, and each is read again', () => {
  const position = { latitude: 32.031, longitude: -80.851 }
  assert.equal(positionText(position, 'decimal'), '32.03100°N 080.85100°W')
  assert.equal(positionText(position, 'seconds'), '32°01′51.6″N 080°51′03.6″W')
  assert.equal(positionText({ latitude: -0.99999999, longitude: 9.5 }, 'seconds'), '01°00′00.0″S 009°30′00.0″E')
  for (const format of POSITION_FORMATS) {
    const read = parsePosition(positionText(position, format))
    assert.ok(read !== null && Math.abs(read.latitude - 32.031) < 1e-5 && Math.abs(read.longitude + 80.851) < 1e-5, format)
  }
})

test('positions are read as people write them', () => {
  for (const text of [
    '32.031, -80.851',
    '32.031 -80.851',
    '32°01.860′N 080°51.060′W',
    '32 01.86 N 80 51.06 W',
    'N32 01.86 W080 51.06',
    '80°51\'03.6"W 32°01\'51.6"N',
    '32,031n; 80,851w',
  ]) {
    const found = parsePosition(text)
    assert.ok(found !== null, text)
    assert.ok(Math.abs(found.latitude - 32.031) < 1e-6 && Math.abs(found.longitude + 80.851) < 1e-6, text)
  }
})

test('a text that is not a position on the charted earth is refused', () => {
  for (const text of ['', 'Tybee', '32', '86 0', '10, 190', '32 61 N 80 W', '32 N 80 N', 'US5GA22M', '1 2 3 4 N 5 W']) {
    assert.equal(parsePosition(text), null, text)
  }
})
