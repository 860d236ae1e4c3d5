import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endStep, type History, MOST_STEPS, redo, startHistory, step, undo } from './history.ts'

test('undo goes back step by step, redo forward, and a change after undo drops what was undone', () => {
  let history = startHistory('a')
  for (const next of ['b', 'c', 'd']) history = step(history, next)
  history = undo(undo(history))
  assert.equal(history.present, 'b')
  assert.equal(redo(history).present, 'c')
  history = step(history, 'e')
  assert.equal(redo(history).present, 'e')
  assert.equal(undo(history).present, 'b')
})

test('changes of one thing are one step until it ends', () => {
  let history: History<number> = startHistory(0)
  for (const value of [1, 2, 3]) history = step(history, value, 'LANDA')
  assert.equal(undo(history).present, 0)
  history = step(endStep(history), 4, 'LANDA')
  assert.equal(undo(history).present, 3)
  history = step(history, 5, 'DEPVS')
  assert.equal(undo(history).present, 4)
})

test('a change without an effect is not a step, and neither end can be passed', () => {
  const history = startHistory('a')
  assert.equal(step(history, 'a'), history)
  assert.equal(undo(history).present, 'a')
  assert.equal(redo(history).present, 'a')
})

test('the last hundred steps can be undone', () => {
  let history: History<number> = startHistory(0)
  for (let value = 1; value <= 250; value++) history = step(history, value)
  for (let turn = 0; turn < 300; turn++) history = undo(history)
  assert.equal(history.present, 250 - MOST_STEPS)
  for (let turn = 0; turn < 300; turn++) history = redo(history)
  assert.equal(history.present, 250)
})
