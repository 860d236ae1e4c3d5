#!/usr/bin/env node
// The program that npm links as `chartroom`. An installed package has the compiled program beside this file; a checkout runs its sources with
// the project's own Node, as the npm scripts do.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { handOver, serverFlags } from './hand-over.mjs'

const WANTED = 24
const program = fileURLToPath(new URL('chartroom.js', import.meta.url))

if (!existsSync(program)) {
  process.argv.splice(2, 0, 'bin/chartroom.ts')
  await import('../scripts/run.mjs')
} else if (Number(process.versions.node.split('.')[0]) < WANTED) {
  process.stderr.write(`Chartroom needs Node ${WANTED} or later; this is Node ${process.versions.node}.\n`)
  process.exitCode = 1
} else {
  handOver(process.execPath, [...serverFlags(), program, ...process.argv.slice(2)], { isServer: true })
}
