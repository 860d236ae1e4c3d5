import { type CompiledCell, VALUE } from '../format/compiled-cell.ts'

/** Calls `visit` for each property that the compiler has derived for a feature (docs/tiles.md). */
export function visitDerived(
  cell: CompiledCell,
  feature: number,
  visit: (name: string, value: string | number | true) => void,
): void {
  for (let i = cell.derivedStart[feature]!; i < cell.derivedStart[feature + 1]!; i++) {
    const value = cell.derivedValue[i]!
    const name = cell.text(cell.derivedKey[i]!)
    const kind = cell.valueKind[value]
    if (kind === VALUE.yes) visit(name, true)
    else visit(name, kind === VALUE.number ? cell.valueNumber[value]! : cell.text(cell.valueText[value]!))
  }
}
