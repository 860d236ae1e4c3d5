#!/usr/bin/env node
// The program that npm links as `chartroom`: starts chartroom.ts with the project's own Node, as the npm scripts do.
process.argv.splice(2, 0, 'bin/chartroom.ts')
await import('../scripts/run.mjs')
