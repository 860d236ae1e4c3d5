import { attributeByAcronym } from '#s57/data/attributes.ts'
import { MalformedNumbers } from '#s57/malformed-numbers.ts'
import type { AttributeTarget } from './attribute-target.ts'

const none: ReadonlyMap<string, string> = new Map()

/** Lists of real charts have a few members; a longer text would cost more with each member that is added. */
const longestList = 1_000

/** The attributes of an S-57 feature while they are collected. */
export class S57Attributes {
  readonly own = new Map<string, string>()
  #national: Map<string, string> | null = null
  /** Whether a value was no number where one is needed. */
  hasMalformed = false
  /** Whether the feature is known to have no topmark, so that its attributes need not be searched for one. */
  hasNoTopmark = false

  /** The attributes in the national language. */
  get national(): ReadonlyMap<string, string> {
    return this.#national ?? none
  }

  /** Sets an attribute in the national language. */
  setNational(acronym: string, value: string): void {
    this.#national ??= new Map()
    this.#national.set(acronym, value)
  }

  /** Adds a value that an attribute has become. */
  addTarget({ acronym, type, repeats }: AttributeTarget, value: string): void {
    if (type !== null && MalformedNumbers.isMalformed(type, value)) this.hasMalformed = true
    if (repeats) this.append(acronym, value)
    else this.#add(acronym, value)
  }

  /** Adds a value: lists grow, other attributes keep their first value. An empty value is one that is unknown. */
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
      if (before === undefined || value !== '') this.own.set(acronym, value)
      return
    }
    if (value === '' || before.length > longestList || attributeByAcronym.get(acronym)?.type !== 'list') return
    if (!before.split(',').includes(value)) this.own.set(acronym, `${before},${value}`)
  }

  /** Adds a value of a list even when the list has it already: colours repeat in a row of stripes. */
  append(acronym: string, value: string): void {
    const before = this.own.get(acronym)
    if (before !== undefined && before.length > longestList) return
    this.own.set(acronym, before === undefined || before === '' ? value : `${before},${value}`)
  }

  /** Sets a value, whatever was there. */
  set(acronym: string, value: string): void {
    this.#check(acronym, value)
    this.own.set(acronym, value)
  }

  /** Adds a line to the information of the feature (INFORM), or to that in the national language (NINFOM). */
  note(text: string, isNational = false): void {
    const acronym = isNational ? 'NINFOM' : 'INFORM'
    const before = isNational ? this.#national?.get(acronym) : this.own.get(acronym)
    const all = before === undefined || before === '' ? text : `${before}\n${text}`
    if (isNational) this.setNational(acronym, all)
    else this.own.set(acronym, all)
  }
}
