import type { Figure } from '../figure.ts'
import type { ScaleBench } from '../measure/scale-bench.ts'

/** One measurement that `--only` can pick by its name. */
export interface Row {
  name: string
  measure(bench: ScaleBench): Promise<Figure[]>
}
