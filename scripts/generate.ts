// Writes every generated file: `npm run generate`.
import { spawnSync } from 'node:child_process'
import path from 'node:path'

for (const name of [
  'generate-s57-tables.ts',
  'generate-s101-tables.ts',
  'generate-portrayal-tables.ts',
  'generate-map-names.ts',
  'generate-openapi.ts',
  'generate-portal-api.ts',
  'generate-room-table.ts',
  'generate-schema.ts',
]) {
  const run = spawnSync(process.execPath, [path.join(import.meta.dirname, name)], { stdio: 'inherit' })
  if (run.status !== 0) process.exit(run.status ?? 1)
}
