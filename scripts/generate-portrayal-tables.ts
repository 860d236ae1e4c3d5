// `npm run generate` writes src/portrayal/data/simplified.ts and paper.ts from the tables in assets/portrayal.
import { writeFileSync } from 'node:fs'
import { portrayalTables } from './portrayal-tables.ts'

for (const { file, text } of portrayalTables()) writeFileSync(file, text)
