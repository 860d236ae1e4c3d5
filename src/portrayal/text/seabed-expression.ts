import { type Expression, expr, get } from './expression.ts'

/** The nature of the seabed as charts write it, such as `fS.Sh`. The tiles have it as `label`. */
export const seabedText = (): Expression => expr('coalesce', get('label'), '')
