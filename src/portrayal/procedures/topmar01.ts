import { and, type Procedure } from './procedure.ts'

/** TOPSHP, and the end of the symbol's name on floating and on fixed marks. A dash stands for the symbol of unknown topmarks. */
const TOPMARKS: readonly [shapes: string, floating: string, fixed: string][] = [
  ['1|24|29', '02', '22'],
  ['2|25', '04', '24'],
  ['3|18|26|32', '10', '30'],
  ['4', '12', '32'],
  ['5|19|21', '13', '33'],
  ['6|20|22|23', '14', '34'],
  ['7', '65', '85'],
  ['8|27|30', '17', '86'],
  ['9', '16', '36'],
  ['10', '08', '28'],
  ['11', '07', '27'],
  ['12|31', '14', '14'],
  ['13', '05', '25'],
  ['14', '06', '26'],
  ['15', '-', '88'],
  ['16', '-', '87'],
  ['17|33', '-', '-'],
  ['28', '18', '89'],
]

/** TOPMAR01: topmarks of the paper chart, slanted on a base that floats. Unknown shapes count as the unknown topmark. */
export const topmar01: Procedure = ({ also }, row) => {
  const shapes = TOPMARKS.flatMap(([values, floating, fixed]) => choice(`TOPSHP=${values}`, floating, fixed))
  const steps = [...shapes, ...choice('TOPSHP', '-', '-'), { when: '*', symbol: 'QUESMRK1' }]
  return { rows: steps.map((step) => ({ ...row, ...step })), also }
}

function choice(when: string, floating: string, fixed: string): { when: string; symbol: string }[] {
  const onFloating = { when: and(when, 'floating'), symbol: floating === '-' ? 'TMARDEF2' : `TOPMAR${floating}` }
  return [onFloating, { when, symbol: fixed === '-' ? 'TMARDEF1' : `TOPMAR${fixed}` }]
}
