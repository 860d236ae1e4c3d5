import { useEffect, useRef } from 'react'
import { useKeys } from '../../kit/keys.tsx'
import type { StyleEditor } from './use-style-editor.ts'

const NEVER = (): false => false

/** Ctrl+S, and undo and redo outside fields, which have their own. */
export function useEditorKeys(editor: StyleEditor): void {
  const latest = useRef(editor)
  latest.current = editor

  // Listed for the help only: the shell's key handler ignores keys with Ctrl.
  useKeys('Style', [
    { keys: ['Ctrl+S'], does: 'Save', run: NEVER },
    { keys: ['Ctrl+Z'], does: 'Undo', run: NEVER },
    { keys: ['Ctrl+Shift+Z', 'Ctrl+Y'], does: 'Redo', run: NEVER },
  ])

  useEffect(() => {
    function press(event: KeyboardEvent): void {
      const { dirty, saving, save, undo, redo } = latest.current
      if (!(event.ctrlKey || event.metaKey) || event.altKey || document.querySelector('dialog[open]') !== null) return
      const key = event.key.toLowerCase()
      if (key === 's') {
        event.preventDefault()
        if (dirty && !saving) void save()
      } else if ((key === 'z' || key === 'y') && !isText(event.target)) {
        event.preventDefault()
        const run = key === 'y' || event.shiftKey ? redo : undo
        run?.()
      }
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
}

function isText(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'color', 'range'].includes(target.type)
}
