import { monitorEventLoopDelay } from 'node:perf_hooks'
import { spreadOf } from '../scale/figure.ts'
import type { BenchServer } from './bench-server.ts'

const SOUNDINGS = 50_000
const ROUNDS = 7

/** Sends 50,000 soundings several times, the first of which starts the thread, and measures how long the event loop was blocked. */
export async function timeBathymetry({ fixture, user }: BenchServer): Promise<void> {
  const start = Date.now() - 86_400_000
  const soundings = Array.from({ length: SOUNDINGS }, (_, i) => ({
    latitude: 32 + i / 1_000_000,
    longitude: -80 + Math.sin(i / 500) / 1_000,
    depth: 5 + Math.sin(i / 50),
    time: new Date(start + i * 1_000).toISOString(),
  }))
  const body = Buffer.from(JSON.stringify({ soundings, platform: { uniqueId: 'BENCH' } }))
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const times: number[] = []
  delay.enable()
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now()
    const headers = { authorization: `Bearer ${user.token}`, 'content-type': 'application/json' }
    const address = `${fixture.origin}/api/v1/user-reports/bathymetry`
    const response = await fetch(address, { method: 'POST', headers, body: new Uint8Array(body) })
    await response.arrayBuffer()
    if (response.status !== 201) throw new Error(`the upload was answered with ${response.status}`)
    times.push(performance.now() - began)
  }
  delay.disable()
  console.log(`Upload of ${SOUNDINGS.toLocaleString('en-US')} soundings, ${(body.length / 1e6).toFixed(1)} MB; ${ROUNDS} rounds`)
  console.log(`  time          ${spreadOf(times)}`)
  const block = (nanoseconds: number) => `${(nanoseconds / 1e6).toFixed(0)} ms`
  console.log(
    `  event loop    blocked at most ${block(delay.max)}, p99 ${block(delay.percentile(99))}; the client runs on it too`,
  )
}
