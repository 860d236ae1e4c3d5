import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jobRecord } from '../api/job-record.test-data.ts'
import { isActive, type JobSummary } from '../api/records.ts'
import { createJobList } from './job-list.ts'
import { createJobStore } from './job-store.ts'
import { createManualTimers } from './manual-timers.ts'

function job(id: string, createdAt: number, changes: Partial<JobSummary> = {}): JobSummary {
  return jobRecord({ id, createdAt, updatedAt: createdAt, jobState: 'running', ...changes })
}

function listInHand(pages: JobSummary[][], options: { immediate?: boolean } = {}) {
  const timers = createManualTimers()
  const store = createJobStore({ timers, nextFrame: (draw) => timers.after(16, draw) })
  const again: string[] = []
  const current = new Map<string, JobSummary>()
  const list = createJobList({
    store,
    belongs: (each) => isActive(each.jobState),
    ...options,
    async readPage(cursor) {
      const n = cursor === null ? 0 : Number(cursor)
      const jobs = pages[n] ?? []
      return {
        jobs,
        pagination: { limit: 50, offset: 0, total: pages.flat().length, nextCursor: pages[n + 1] ? `${n + 1}` : null },
      }
    },
    async readJob(id) {
      again.push(id)
      return current.get(id) ?? null
    },
  })
  return { timers, store, list, again, current }
}

test('new jobs collect, and rows that ended stay until the list settles', async () => {
  const { timers, store, list } = listInHand([[job('b', 2), job('a', 1)]])
  await list.read()
  assert.deepEqual(list.state.get().shown, ['b', 'a'])
  store.put([job('c', 3), job('a', 1, { jobState: 'completed', updatedAt: 9 })])
  await timers.advance(20)
  assert.deepEqual(list.state.get().shown, ['b', 'a'])
  assert.deepEqual(list.state.get().fresh, ['c'])
  assert.deepEqual(list.leaving(), ['a'])
  list.settle()
  assert.deepEqual(list.state.get().shown, ['c', 'b'])
  assert.deepEqual(list.state.get().fresh, [])
})

test('a job that comes into an empty list is shown at once', async () => {
  const { timers, store, list } = listInHand([[]])
  await list.read()
  store.put([job('a', 1)])
  await timers.advance(20)
  assert.deepEqual(list.state.get().shown, ['a'])
})

test('a row that a new first page lacks is read again, and one that is gone leaves', async () => {
  const pages = [[job('b', 2), job('a', 1)]]
  const { list, store, again, current } = listInHand(pages)
  await list.read()
  pages[0] = []
  current.set('a', job('a', 1, { jobState: 'failed', updatedAt: 5 }))
  await list.read()
  assert.deepEqual(again, ['b', 'a'])
  assert.equal(store.get('a')?.jobState, 'failed')
  assert.deepEqual(list.state.get().shown, ['a'])
})

test('older pages go below until there are no more', async () => {
  const { list } = listInHand([[job('d', 4)], [job('c', 3)], [job('b', 2)]])
  await list.read()
  assert.equal(list.state.get().hasOlder, true)
  await list.readOlder()
  await list.readOlder()
  assert.deepEqual(list.state.get().shown, ['d', 'c', 'b'])
  assert.equal(list.state.get().hasOlder, false)
})

test('an immediate list always shows what belongs', async () => {
  const { timers, store, list } = listInHand([[job('a', 1)]], { immediate: true })
  await list.read()
  store.put([job('b', 2), job('a', 1, { jobState: 'completed', updatedAt: 3 })])
  await timers.advance(20)
  assert.deepEqual(list.state.get().shown, ['b'])
})

test('a first reading that fails says so, and a later one keeps the rows', async () => {
  const { timers, store } = listInHand([])
  let fail = true
  const list = createJobList({
    store,
    belongs: () => true,
    readJob: async () => null,
    async readPage() {
      if (fail) throw new Error('offline')
      return { jobs: [job('a', 1)], pagination: { limit: 1, offset: 0, total: 1, nextCursor: null } }
    },
  })
  await list.read()
  assert.equal(list.state.get().status, 'error')
  fail = false
  await list.read()
  fail = true
  await list.read()
  assert.equal(list.state.get().status, 'ready')
  assert.deepEqual(list.state.get().shown, ['a'])
  assert.notEqual(list.state.get().error, null)
  list.dispose()
  await timers.advance(100)
})

test('a list without a pointer on it reads older jobs once few of the shown ones are left', async () => {
  const first = Array.from({ length: 60 }, (_, n) => job(`n${n}`, 200 - n))
  const { timers, store, list } = listInHand([first, [job('b', 2), job('a', 1)]], { immediate: true })
  await list.read()
  assert.equal(list.state.get().shown.length, 60)
  store.put(first.slice(0, 20).map((each) => ({ ...each, jobState: 'completed' as const, updatedAt: 900 })))
  await timers.advance(20)
  assert.deepEqual(list.state.get().shown.slice(-3), ['n59', 'b', 'a'])
  assert.equal(list.state.get().hasOlder, false)
})
