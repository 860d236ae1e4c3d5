import type { WarningList } from '#s57/warning-list.ts'
import type { WorkBudget } from '#s57/work-budget.ts'
import type { TextDecoderOfValues } from './attribute-field.ts'

/** What applying updates needs besides the records. */
export interface UpdateTools {
  texts: TextDecoderOfValues
  budget: WorkBudget
  warnings: WarningList
}

/** An update while it is applied. */
export interface UpdateContext extends UpdateTools {
  /** Name of the update, for messages. */
  file: string
}
