import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { newDatabase } from './new-database.ts'

const CLIENTS = 200
/** How many of them stop reading while the jobs run. */
const SLOW = 20
const JOBS = 100
const ROUNDS = 3
const PATIENCE = 120_000

interface Follower {
  /** The last state seen of each job. */
  states: Map<string, string>
  events: number
  bytes: number
  resets: number
  pause(): void
  resume(): void
  close(): void
}

/** 200 clients follow 100 jobs in three rounds: does each learn how every job ended, and at what cost for the server? */
export async function benchEvents(serverUrl: string): Promise<void> {
  const database = await newDatabase(serverUrl, 'bench_events')
  const file = path.join(import.meta.dirname, 'events-server.ts')
  const server = fork(file, [database.url, String(JOBS)], {
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
  })
  try {
    const { port, token } = await messageFrom<{ port: number; token: string }>(server)
    const origin = `http://127.0.0.1:${port}/api/portal/v1`
    console.log(
      `${CLIENTS} clients (${SLOW} of them not reading while jobs run) follow ${JOBS} jobs, ${ROUNDS} rounds on 8 workers; memory after a garbage collection`,
    )
    await memory(server, 'before any client')
    const followers: Follower[] = []
    for (let at = 0; at < CLIENTS; at += 20)
      followers.push(...(await Promise.all(Array.from({ length: 20 }, () => follow(`${origin}/jobs/events`, token)))))
    await memory(server, 'with their streams')
    for (let round = 1; round <= ROUNDS; round++) await oneRound(server, origin, token, followers, round)
    for (const follower of followers) follower.close()
    await sleep(1_000)
    await memory(server, 'streams closed')
  } finally {
    const gone = once(server, 'exit')
    server.kill('SIGKILL')
    await gone
    await database.close()
  }
}

async function oneRound(server: ChildProcess, origin: string, token: string, followers: readonly Follower[], round: number) {
  const slow = followers.slice(0, SLOW)
  for (const follower of followers) Object.assign(follower, { events: 0, bytes: 0, resets: 0 })
  for (const follower of slow) follower.pause()
  const start = performance.now()
  server.send('run')
  const { ids } = await messageFrom<{ ids: string[] }>(server)
  while ((await activeJobs(origin, token)) > 0) await sleep(100)
  const ended = performance.now()
  for (const follower of slow) follower.resume()
  const knows = (follower: Follower) => ids.every((id) => follower.states.get(id) === 'completed')
  const waiting = () => followers.filter((follower) => !knows(follower) && follower.resets === 0).length
  while (waiting() > 0 && performance.now() - ended < PATIENCE) await sleep(10)
  const known = performance.now()
  const byStream = followers.filter(knows).length
  // What the documentation tells a client to do after `reset`.
  const list = await finalStates(origin, token)
  const byList = followers.filter((follower) => !knows(follower) && follower.resets > 0).length
  const right = ids.every((id) => list.get(id) === 'completed')
  const lost = followers.length - byStream - (right ? byList : 0)
  const sum = (of: (follower: Follower) => number) => followers.reduce((total, follower) => total + of(follower), 0)
  console.log(
    `  round ${round}: jobs took ${((ended - start) / 1000).toFixed(1)} s, all clients knew ${Math.round(known - ended)} ms later; ` +
      `${sum((one) => one.events)} events, ${(sum((one) => one.bytes) / 1e6).toFixed(0)} MB; ` +
      `final states known from the stream to ${byStream} clients, from the list after a reset to ${byList}, lost for ${lost}`,
  )
  await memory(server, `after round ${round}`)
  if (lost > 0) process.exitCode = 1
}

async function memory(server: ChildProcess, when: string): Promise<void> {
  server.send('memory')
  const { rss, heap, most, buffers } = await messageFrom<{ rss: number; heap: number; most: number; buffers: number }>(server)
  const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
  console.log(`  ${when.padEnd(20)} heap ${mb(heap)} (at most ${mb(most)} before), buffers ${mb(buffers)}, resident ${mb(rss)}`)
}

async function messageFrom<T>(server: ChildProcess): Promise<T> {
  const [message] = await once(server, 'message')
  return message as T
}

async function activeJobs(origin: string, token: string): Promise<number> {
  const page = (await read(`${origin}/jobs?activeOnly=true&limit=1`, token)) as { pagination: { total: number } }
  return page.pagination.total
}

async function finalStates(origin: string, token: string): Promise<Map<string, string>> {
  const page = (await read(`${origin}/jobs?limit=200`, token)) as { jobs: { id: string; jobState: string }[] }
  return new Map(page.jobs.map((job) => [job.id, job.jobState]))
}

async function read(url: string, token: string): Promise<unknown> {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`)
  return await answer.json()
}

async function follow(url: string, token: string): Promise<Follower> {
  const sent = request(url, { agent: false, headers: { authorization: `Bearer ${token}` } })
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve).once('error', reject).end()
  })
  if (response.statusCode !== 200) throw new Error(`an event stream was answered with ${response.statusCode}`)
  sent.on('error', () => undefined)
  response.on('error', () => undefined)
  const follower: Follower = {
    states: new Map(),
    events: 0,
    bytes: 0,
    resets: 0,
    pause: () => void response.pause(),
    resume: () => void response.resume(),
    close: () => void sent.destroy(),
  }
  let rest = ''
  response.setEncoding('utf8').on('data', (chunk: string) => {
    follower.bytes += chunk.length
    const blocks = (rest + chunk).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      if (block.startsWith('event: reset')) follower.resets++
      // It needs only two fields; parsing each record 200 times would make the client the bottleneck.
      const id = /^id: \d+\.(\S+)$/m.exec(block)?.[1]
      const state = /"jobState":"(\w+)"/.exec(block)?.[1]
      if (id === undefined || state === undefined) continue
      follower.events++
      follower.states.set(id, state)
    }
  })
  return follower
}
