import type { CatalogueEntry } from './catalogue.ts'

/** How a producer writes its product catalogue in XML. */
export interface CatalogueFormat {
  /** Names of root elements. */
  root: RegExp
  /** The name of the root in messages. */
  rootName: string
  /** Name of the elements beneath the root that list a cell. */
  cell: string
  createEntry(): EntryBuilder
  /** Elements of the header: the title, and the day or time from which the catalogue is valid. */
  header: { title: string; validFrom: string }
  /** The header's time of validity as ISO 8601, or null. */
  readValidFrom(text: string): string | null
}

/** Gathers one cell of a catalogue while it is parsed. */
export interface EntryBuilder {
  /** An element inside the cell begins. */
  open(name: string): void
  /** An element inside the cell ends; `value` is the text in it. */
  close(name: string, value: string): void
  /** The cell's name in upper case, with the entry or the reason why it is unusable. */
  finish(): { name: string; entry: CatalogueEntry | string }
}
