import type { Cell, Feature, Standard } from './cell.ts'

/** What a cell is called and how current it is. */
export type CellFacts = Omit<Cell, 'warnings' | 'featureCount' | 'features'>

/**
 * A cell with its facts; each standard adds its features. A class, because V8 keeps the functions of a literal's getters, with everything
 * they close over, until the next full garbage collection: reading many cells took 1.7 times as long.
 */
export abstract class CellBase implements Cell {
  readonly standard: Standard
  readonly name: string
  readonly edition: number
  readonly updateNumber: number
  readonly updateApplicationDate: string | null
  readonly issueDate: string | null
  readonly producer: number
  readonly usageBand: number
  readonly compilationScale: number
  readonly comment: string | null
  readonly cancelled: boolean

  constructor(facts: CellFacts) {
    this.standard = facts.standard
    this.name = facts.name
    this.edition = facts.edition
    this.updateNumber = facts.updateNumber
    this.updateApplicationDate = facts.updateApplicationDate
    this.issueDate = facts.issueDate
    this.producer = facts.producer
    this.usageBand = facts.usageBand
    this.compilationScale = facts.compilationScale
    this.comment = facts.comment
    this.cancelled = facts.cancelled
  }

  abstract get warnings(): string[]
  abstract get featureCount(): number
  abstract features(): Iterable<Feature>
}
