import { attributeByAcronym } from '#s57/data/attributes.ts'
import { isNumber } from '#s57/is-number.ts'
import { MalformedNumbers } from '#s57/malformed-numbers.ts'
import type { AttributeTarget } from './attribute-target.ts'

const none: ReadonlyMap<string, string> = new Map()

/** Lists of real charts have a few members; a longer text would cost more with each member that is added. */
const longestList = 1_000

/** The attributes of an S-57 feature while they are collected. */
export class S57Attributes {
  #own: Map<string, string> | null = null
  #national: Map<string, string> | null = null
  /** Whether a value was not a number where one is needed. */
  hasMalformed = false
  /** Whether the feature is known to have no topmark, so that its attributes need not be searched for one. */
  hasNoTopmark = false

  /** Those that are not in the national language. */
  get own(): ReadonlyMap<string, string> {
    return this.#own ?? none
  }

  /** The attributes in the national language. */
  get national(): ReadonlyMap<string, string> {
    return this.#national ?? none
  }

  #put(acronym: string, value: string): void {
    this.#own ??= new Map()
    this.#own.set(acronym, value)
  }

  /** Removes an attribute that is not in the national language. */
  delete(acronym: string): void {
    this.#own?.delete(acronym)
  }

  /** Removes all that are not in the national language. */
  clear(): void {
    this.#own?.clear()
  }

  /** Sets an attribute in the national language. */
  setNational(acronym: string, value: string): void {
    this.#national ??= new Map()
    this.#national.set(acronym, value)
  }

  /** Adds a value that an attribute has become. */
  addTarget({ acronym, isNumeric, repeats }: AttributeTarget, value: string): void {
    if (isNumeric && !isPlainNumber(value) && value !== '' && !isNumber(value)) this.hasMalformed = true
    if (repeats) this.append(acronym, value)
    else this.#add(acronym, value)
  }

  /** Adds a value: lists grow, other attributes keep their first value. An empty value means unknown. */
  add(acronym: string, value: string): void {
    this.#check(acronym, value)
    this.#add(acronym, value)
  }

  #check(acronym: string, value: string): void {
    const type = attributeByAcronym.get(acronym)
    if (type !== undefined && MalformedNumbers.isMalformed(type, value)) this.hasMalformed = true
  }

  #add(acronym: string, value: string): void {
    const before = this.own.get(acronym)
    if (before === undefined || before === '') {
      if (before === undefined || value !== '') this.#put(acronym, value)
      return
    }
    if (value === '' || before.length > longestList || attributeByAcronym.get(acronym)?.type !== 'list') return
    if (!before.split(',').includes(value)) this.#put(acronym, `${before},${value}`)
  }

  /** Adds a value of a list even when the list has it already: colours repeat in a row of stripes. */
  append(acronym: string, value: string): void {
    const before = this.own.get(acronym)
    if (before !== undefined && before.length > longestList) return
    this.#put(acronym, before === undefined || before === '' ? value : `${before},${value}`)
  }

  /** Sets a value, whatever was there. */
  set(acronym: string, value: string): void {
    this.#check(acronym, value)
    this.#put(acronym, value)
  }

  /** Adds a line to the information of the feature (INFORM), or to that in the national language (NINFOM). */
  note(text: string, isNational = false): void {
    const acronym = isNational ? 'NINFOM' : 'INFORM'
    const before = isNational ? this.#national?.get(acronym) : this.own.get(acronym)
    const all = before === undefined || before === '' ? text : `${before}\n${text}`
    if (isNational) this.setNational(acronym, all)
    else this.#put(acronym, all)
  }
}

/** Longer texts may be too large for a number. */
const longestPlain = 20
const [ZERO, NINE, POINT] = [0x30, 0x39, 0x2e]

/** Whether a text is nothing but digits, or digits with a point among them, as nearly all numbers of charts are: quick to see. */
function isPlainNumber(text: string): boolean {
  const { length } = text
  if (length === 0 || length > longestPlain) return false
  let points = 0
  for (let i = 0; i < length; i++) {
    const character = text.charCodeAt(i)
    if (character === POINT) points++
    else if (character < ZERO || character > NINE) return false
  }
  return points === 0 || (points === 1 && length > 1)
}
