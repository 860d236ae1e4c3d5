import { ApiError } from '../../api/errors.ts'
import { usePortal } from '../../state/portal-context.tsx'
import type { SlotList } from './style-draft.ts'
import { type FieldProblem, readStyleFile, type StyleFile } from './style-file.ts'

/** Larger files cannot be styles. */
const MOST_BYTES = 1_000_000

/** Reads files of styles. The server checks what the portal does not know, before anything is changed. */
export function useStyleFiles(slots: SlotList): { read(file: File): Promise<StyleFile | FieldProblem[]> } {
  const { styles } = usePortal()
  return {
    async read(file) {
      if (file.size > MOST_BYTES) return [{ field: '', message: 'is too large for a style' }]
      const found = readStyleFile(await file.text(), slots)
      if (Array.isArray(found)) return found
      try {
        await styles.slotStyle(found.parameters)
        return found
      } catch (error) {
        if (error instanceof ApiError && error.fields.length > 0) return [...error.fields]
        return [
          { field: '', message: error instanceof Error ? `could not be checked: ${error.message}` : 'could not be checked' },
        ]
      }
    },
  }
}
