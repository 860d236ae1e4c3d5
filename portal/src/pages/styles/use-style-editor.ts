import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { VersionedStyle } from '../../api/styles-api.ts'
import { localStorageOrNone } from '../../lib/local-storage.ts'
import { usePortal } from '../../state/portal-context.tsx'
import { createDraftStore } from './draft-store.ts'
import { endStep, redo, step, undo } from './history.ts'
import { openDraft } from './open-draft.ts'
import { saveStyle } from './save-style.ts'
import { draftOf, type SlotList, type StyleDraft, sameDraft } from './style-draft.ts'

export interface StyleEditor {
  id: number
  slots: SlotList
  draft: StyleDraft
  /** The style as the server has it, as far as this page knows. */
  saved: StyleDraft
  dirty: boolean
  /** @param key names what is changed; changes of one thing are one step until `endStep`. */
  change(next: StyleDraft, key?: string): void
  endStep(): void
  /** Null when there is nothing to undo. */
  undo: (() => void) | null
  redo: (() => void) | null
  /** Goes back to the style of the server; can be undone. */
  discard(): void
  /** What a draft of an earlier visit means for the user; null when there was none. */
  restored: 'same' | 'changed' | null
  /** Whether this browser keeps the draft. */
  kept: boolean
  saving: boolean
  failure: unknown
  /** @param over saves over the style of the conflict. @returns whether it is saved. */
  save(over?: boolean): Promise<boolean>
  /** The style as someone else has changed it in the meantime. */
  conflict: VersionedStyle | null
  /** Ends the conflict: goes on editing, or takes the style of the server. */
  settle(take: 'mine' | 'theirs'): void
  /** Drops the draft that is kept, before the page is left for good. */
  forget(): void
}

/** The state of the editor of a style: its draft with undo and redo, kept in this browser until it is saved. */
export function useStyleEditor(record: VersionedStyle, slots: SlotList, userId: number): StyleEditor {
  const portal = usePortal()
  const queries = useQueryClient()
  const { id } = record
  const store = useMemo(() => createDraftStore(localStorageOrNone(), userId), [userId])
  const [opened] = useState(() => openDraft(record, slots, store.read(id)))
  const [base, setBase] = useState(opened.base)
  const [history, setHistory] = useState(opened.history)
  const [kept, setKept] = useState(true)
  const [saving, setSaving] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const [conflict, setConflict] = useState<VersionedStyle | null>(null)
  const forgotten = useRef(false)

  const draft = history.present
  const dirty = !sameDraft(draft, base.draft)

  useEffect(() => {
    if (forgotten.current) return
    if (dirty) setKept(store.write(id, { draft, basedOn: base.version }))
    else store.drop(id)
  }, [store, id, dirty, draft, base.version])

  const take = useCallback(
    (next: VersionedStyle) => {
      setBase({ draft: draftOf(next, slots), version: next.version })
      setConflict(null)
      void queries.invalidateQueries({ queryKey: ['styles'] })
    },
    [slots, queries],
  )

  async function save(over = false): Promise<boolean> {
    setSaving(true)
    setFailure(null)
    setHistory(endStep)
    try {
      const basedOn = over && conflict !== null ? conflict.version : base.version
      const answer = await saveStyle(portal, { id, draft, slots, basedOn })
      if ('saved' in answer) take(answer.saved)
      else setConflict(answer.conflict)
      return 'saved' in answer
    } catch (error) {
      setFailure(error)
      return false
    } finally {
      setSaving(false)
    }
  }

  return {
    id,
    slots,
    draft,
    saved: base.draft,
    dirty,
    change: useCallback((next, key) => setHistory((before) => step(before, next, key)), []),
    endStep: useCallback(() => setHistory(endStep), []),
    undo: history.past.length === 0 ? null : () => setHistory(undo),
    redo: history.future.length === 0 ? null : () => setHistory(redo),
    discard: () => setHistory((before) => step(before, base.draft)),
    restored: opened.restored,
    kept,
    saving,
    failure,
    save,
    conflict,
    settle(which) {
      if (which === 'theirs' && conflict !== null) {
        take(conflict)
        setHistory((before) => step(before, draftOf(conflict, slots)))
      }
      setConflict(null)
    },
    forget() {
      forgotten.current = true
      store.drop(id)
    },
  }
}
