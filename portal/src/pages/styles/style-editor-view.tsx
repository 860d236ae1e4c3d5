import { useCallback, useEffect, useMemo, useState } from 'react'
import type { VersionedStyle } from '../../api/styles-api.ts'
import { ErrorNote } from '../../kit/error-note.tsx'
import { Note } from '../../kit/note.tsx'
import { Tabs } from '../../kit/tabs.tsx'
import { usePortal } from '../../state/portal-context.tsx'
import { sourceOfSession } from '../map/map-source.ts'
import { ColourList } from './colour-list.tsx'
import { ConflictDialog } from './conflict-dialog.tsx'
import { EditorBar } from './editor-bar.tsx'
import { HintList } from './hint-list.tsx'
import { LeaveGuard } from './leave-guard.tsx'
import type { Comparison } from './painted-style.ts'
import { SettingsForm } from './settings-form.tsx'
import { type SlotList, type StyleDraft, themeOf } from './style-draft.ts'
import { StylePane } from './style-pane.tsx'
import classes from './styles.module.css'
import { useEditorKeys } from './use-editor-keys.ts'
import { usePainted } from './use-painted.ts'
import { useStyleEditor } from './use-style-editor.ts'

const PARTS = [
  { value: 'colours', word: 'Colours' },
  { value: 'settings', word: 'Settings' },
] as const
const NONE: readonly string[] = []

interface StyleEditorViewProps {
  record: VersionedStyle
  slots: SlotList
  userId: number
  /** Called with what the page is called, each time that the draft is renamed. */
  onName(name: string): void
}

/** The editor: colours and settings on the left, the map on the right. */
export function StyleEditorView({ record, slots, userId, onName }: StyleEditorViewProps) {
  const portal = usePortal()
  const [source] = useState(() => sourceOfSession(portal))
  const editor = useStyleEditor(record, slots, userId)
  const [part, setPart] = useState<'colours' | 'settings'>('colours')
  /** The slots to show first; null while those of a click are looked for. */
  const [found, setFound] = useState<readonly string[] | null>(NONE)
  const [light, setLight] = useState<number | null>(null)
  const [comparison, setComparison] = useState<Comparison>('none')
  const { draft, saved } = editor
  const { painted, wrong, error, again } = usePainted(draft, slots)
  const other = useCompared(comparison, saved, draft, slots)
  useEditorKeys(editor)
  const name = draft.name.trim() === '' ? 'Style without a name' : draft.name
  useEffect(() => onName(name), [name, onName])

  const find = useCallback((names: string[] | null) => {
    setPart('colours')
    setFound(names)
  }, [])

  return (
    <>
      <div className={classes.editor}>
        <aside className={classes.side} aria-label="Style">
          <EditorBar editor={editor} record={record} comparison={comparison} onCompare={setComparison} wrong={wrong} />
          <div className={classes.scroll}>
            <Remarks editor={editor} />
            {error === null ? null : <ErrorNote error={error} onRetry={again} />}
            <HintList
              editor={editor}
              document={painted?.document ?? null}
              light={themeOf(draft.settings) === 'night' ? light : null}
              onFind={find}
            />
            <Tabs label="Part of the style" value={part} options={PARTS} onChange={(next) => setPart(next)} />
            {part === 'colours' ? (
              <ColourList editor={editor} found={found} onForget={() => setFound(NONE)} />
            ) : (
              <SettingsForm editor={editor} wrong={wrong} />
            )}
          </div>
        </aside>
        <StylePane source={source} style={painted} other={other} onFound={find} onLight={setLight} />
      </div>
      <ConflictDialog editor={editor} />
      <LeaveGuard editor={editor} />
    </>
  )
}

function Remarks({ editor }: { editor: ReturnType<typeof useStyleEditor> }) {
  const { restored, kept, failure, dirty } = editor
  const [seen, setSeen] = useState(false)
  return (
    <>
      {failure === null ? null : <ErrorNote error={failure} />}
      {restored === null || seen || !dirty ? null : (
        <Note icon="clock" kind={restored === 'changed' ? 'waiting' : 'plain'} onClose={() => setSeen(true)}>
          {restored === 'same'
            ? 'Your changes of an earlier visit are here again. They are not saved yet.'
            : 'Your changes of an earlier visit are here again. The style has been changed since, so look at both before you save.'}
        </Note>
      )}
      {kept ? null : (
        <Note icon="warning" kind="waiting">
          This browser keeps no drafts, so what is not saved is lost when you leave.
        </Note>
      )}
    </>
  )
}

/** The style at the other side of the line. */
function useCompared(comparison: Comparison, saved: StyleDraft, draft: StyleDraft, slots: SlotList) {
  const plain = useMemo<StyleDraft>(() => ({ ...draft, colors: {} }), [draft])
  const { painted } = usePainted(comparison === 'saved' ? saved : plain, slots)
  return useMemo(
    () => (comparison === 'none' || painted === null ? null : { ...painted, name: comparison === 'saved' ? 'Saved' : 'Theme' }),
    [comparison, painted],
  )
}
