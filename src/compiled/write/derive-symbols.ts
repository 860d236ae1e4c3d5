import { symbolInstructions } from '#s57/describe/symbol-instructions.ts'
import type { DerivedProperties } from './derived-value.ts'

const MOST_SYMBOLS = 3
const MOST_TEXTS = 2

/** Derives the properties of SYMINS, the instructions of a new object: `sy1`, `sy1Rotation`, `tx1`, `ls` and so on (docs/tiles.md). */
export function deriveSymbols(attributes: ReadonlyMap<string, string>, derived: DerivedProperties): void {
  const found = symbolInstructions(attributes.get('SYMINS') ?? '', attributes)
  for (const [i, { name, rotation }] of found.symbols.slice(0, MOST_SYMBOLS).entries()) {
    derived.set(`sy${i + 1}`, name)
    derived.set(`sy${i + 1}Rotation`, rotation)
  }
  for (const [i, text] of found.texts.slice(0, MOST_TEXTS).entries()) derived.set(`tx${i + 1}`, text)
  if (found.line !== null) {
    derived.set('ls', found.line.dash)
    derived.set('lsWidth', found.line.width)
    derived.set('lsColour', found.line.colour)
  }
  if (found.complexLine !== null) derived.set('lc', found.complexLine)
  if (found.fill !== null) {
    derived.set('ac', found.fill.colour)
    derived.set('acOpacity', found.fill.opacity)
  }
  if (found.pattern !== null) derived.set('ap', found.pattern)
}
