// Preloaded into the server (`NODE_OPTIONS=--import`): fills its heap once the file named by FILL_HEAP_FILE exists.
import { existsSync } from 'node:fs'

const file = process.env['FILL_HEAP_FILE'] ?? ''
const held: string[][] = []

setInterval(() => {
  while (existsSync(file)) held.push(new Array<string>(100_000).fill('').map((_, index) => `${held.length} ${index}`))
}, 50).unref()
