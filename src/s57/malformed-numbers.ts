import type { AttributeType } from './data/attributes.ts'
import { isNumber } from './is-number.ts'
import type { WarningList } from './warning-list.ts'

const longestShown = 40

/** What a numeric attribute must be, for the warning; null for attributes whose values are lists or text. */
const EXPECTED: Record<AttributeType['type'], string | null> = {
  enumeration: 'the number of an enumeration',
  integer: 'a whole number',
  float: 'a number with a decimal point',
  list: null,
  'coded string': null,
  'free text': null,
}

/** Collects the values of numeric attributes that are not numbers, for one warning per attribute (S-57 appendix A, chapter 2). */
export class MalformedNumbers {
  readonly #found = new Map<string, { first: string; more: number }>()

  /** Whether values of the attribute must be numbers. */
  static isNumeric({ type }: AttributeType): boolean {
    return EXPECTED[type] !== null
  }

  /** Whether the value is unusable; it is then read as unknown. Values of text attributes and empty values are always usable. */
  static isMalformed({ type }: AttributeType, value: string): boolean {
    return value !== '' && EXPECTED[type] !== null && !isNumber(value)
  }

  /** Notes a malformed value of a feature, given in words. */
  note({ acronym, type }: AttributeType, value: string, feature: string): void {
    const known = this.#found.get(acronym)
    if (known !== undefined) {
      known.more++
      return
    }
    const shown = JSON.stringify(value.length > longestShown ? `${value.slice(0, longestShown)}...` : value)
    this.#found.set(acronym, {
      first: `${feature}: ${acronym} is ${shown} instead of ${EXPECTED[type]}; read it as unknown`,
      more: 0,
    })
  }

  /** Adds one warning per attribute and starts again. */
  report(warnings: WarningList): void {
    for (const { first, more } of this.#found.values()) {
      warnings.add(more === 0 ? first : `${first} (and in ${more} more ${more === 1 ? 'feature' : 'features'})`)
    }
    this.#found.clear()
  }
}
