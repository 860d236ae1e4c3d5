import { lights06 } from './lights06.ts'
import { obstrn07 } from './obstrn07.ts'
import type { Procedure } from './procedure.ts'
import { seabed01 } from './seabed01.ts'
import { symins02 } from './symins02.ts'
import { topmar01 } from './topmar01.ts'
import { wrecks05 } from './wrecks05.ts'

/** The steps of the table express all of it. */
const asInTable: Procedure = (steps) => steps

/** Conditional procedures that a look-up row may name. RESTRN01 is not among them, because it never replaces the row. */
export const PROCEDURES: ReadonlyMap<string, Procedure> = new Map([
  ['DEPARE03', seabed01],
  ['DEPCNT03', asInTable],
  ['LIGHTS06', lights06],
  ['OBSTRN07', obstrn07],
  ['QUAPOS01', asInTable],
  ['RESARE04', asInTable],
  ['SLCONS04', asInTable],
  ['SOUNDG03', asInTable],
  ['SYMINS02', symins02],
  ['TOPMAR01', topmar01],
  ['WRECKS05', wrecks05],
])
