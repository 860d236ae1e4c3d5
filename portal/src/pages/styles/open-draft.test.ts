import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { VersionedStyle } from '../../api/styles-api.ts'
import { undo } from './history.ts'
import { openDraft } from './open-draft.ts'
import { SLOTS } from './slots.test-data.ts'
import { draftOf, withColour } from './style-draft.ts'

const record: VersionedStyle = {
  id: 7,
  name: 'Bridge',
  userEmail: 'a',
  createdAt: 1,
  updatedAt: 5,
  parameters: { colors: {}, settings: {} },
  version: '"now"',
}
const draft = withColour(draftOf(record, SLOTS), SLOTS, 'LANDA', '#112233')

test('a kept draft is open again, one step from the style of the server', () => {
  const { history, restored, base } = openDraft(record, SLOTS, { draft, basedOn: '"now"' })
  assert.deepEqual([history.present, restored, base.version], [draft, 'same', '"now"'])
  assert.deepEqual(undo(history).present, draftOf(record, SLOTS))
})

test('a draft of a style that was changed since keeps what it began with', () => {
  const { restored, base } = openDraft(record, SLOTS, { draft, basedOn: '"before"' })
  assert.deepEqual([restored, base.version], ['changed', '"before"'])
})

test('no draft, or one that has been saved from elsewhere, begins with the style as it is', () => {
  for (const stored of [null, { draft: draftOf(record, SLOTS), basedOn: '"before"' }]) {
    const { history, restored, base } = openDraft(record, SLOTS, stored)
    assert.deepEqual([history.past.length, restored, base.version], [0, null, '"now"'])
  }
})
