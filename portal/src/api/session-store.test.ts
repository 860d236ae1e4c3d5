import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Channel, createSessionStore, type Session } from './session-store.ts'

const TOKEN = '0123456789abcdef0123456789abcdef'
const kim: Session = { token: TOKEN, username: 'kim', userId: 3, keep: false }

function memory(): Storage {
  const map = new Map<string, string>()
  return {
    get length() {
      return map.size
    },
    clear: () => map.clear(),
    key: (n) => [...map.keys()][n] ?? null,
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => map.set(key, value),
    removeItem: (key) => map.delete(key),
  }
}

/** Channels of several windows of one browser. */
function windows(count: number): Channel[] {
  const all: Channel[] = []
  for (let n = 0; n < count; n++) {
    const own: Channel = {
      onmessage: null,
      postMessage(data) {
        for (const other of all) if (other !== own) other.onmessage?.(new MessageEvent('message', { data }))
      },
    }
    all.push(own)
  }
  return all
}

test('a session stays in its window, and on the device only if the user wants it', () => {
  const storages = { session: memory(), local: memory() }
  createSessionStore(storages, null).signIn(kim)
  assert.equal(storages.local.length, 0)
  assert.deepEqual(createSessionStore(storages, null).current.get(), kim)
  createSessionStore(storages, null).signIn({ ...kim, keep: true })
  assert.equal(createSessionStore({ session: memory(), local: storages.local }, null).current.get()?.keep, true)
})

test('a new window gets the session of another, and signing out signs out all', async () => {
  const [one, two] = windows(2)
  assert.ok(one && two)
  const first = createSessionStore({ session: memory(), local: memory() }, one)
  first.signIn(kim)
  const second = createSessionStore({ session: memory(), local: memory() }, two)
  await second.borrow(1_000)
  assert.deepEqual(second.current.get(), kim)
  second.signOut()
  assert.equal(first.current.get(), null)
})

test('a window whose session is over takes a new one of the same user only, and gives none away', async () => {
  const [one, two, three] = windows(3)
  assert.ok(one && two && three)
  const waiting = createSessionStore({ session: memory(), local: memory() }, one)
  waiting.signIn(kim)
  waiting.over.set(true)
  const other = createSessionStore({ session: memory(), local: memory() }, two)
  await other.borrow(5)
  assert.equal(other.current.get(), null)
  other.signIn({ token: TOKEN.replace('0', 'f'), username: 'ann', userId: 4, keep: false })
  assert.equal(waiting.over.get(), true)
  const again = createSessionStore({ session: memory(), local: memory() }, three)
  again.signIn({ ...kim, token: TOKEN.replace('0', 'e') })
  assert.equal(waiting.over.get(), false)
  assert.equal(waiting.current.get()?.token, TOKEN.replace('0', 'e'))
})

test('storage that fails or holds nonsense leaves a working store', () => {
  const broken = memory()
  broken.setItem('chartroom.session', '{"token":"<script>"}')
  assert.equal(createSessionStore({ session: broken, local: memory() }, null).current.get(), null)
  const full = {
    ...memory(),
    getItem: () => null,
    removeItem: () => {},
    setItem() {
      throw new Error('quota')
    },
  }
  const store = createSessionStore({ session: full, local: full }, null)
  store.signIn(kim)
  assert.deepEqual(store.current.get(), kim)
})
