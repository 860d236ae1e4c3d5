// Writes the table of rooms in docs/architecture.md. With --check it writes nothing, and the exit code says whether the table is current.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { ARCHITECTURE_FILE, architectureWithRooms, readArchitecture } from '#test/room-table.ts'

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
if (!values.check) writeFileSync(ARCHITECTURE_FILE, architectureWithRooms())
else if (readArchitecture() !== architectureWithRooms()) {
  console.error('the table of rooms in docs/architecture.md is out of date: run `npm run generate` and commit it')
  process.exitCode = 1
}
