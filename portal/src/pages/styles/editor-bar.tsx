import { Menu } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ApiError } from '../../api/errors.ts'
import type { StyleRecord } from '../../api/styles-api.ts'
import { useAnnounce } from '../../kit/announcer.tsx'
import { Button } from '../../kit/button.tsx'
import { useOfflineReason } from '../../state/portal-context.tsx'
import { DeleteStyle } from './delete-style.tsx'
import { EditorMenu } from './editor-menu.tsx'
import type { Comparison } from './painted-style.ts'
import { ProblemsDialog } from './problems-dialog.tsx'
import { draftOf } from './style-draft.ts'
import type { FieldProblem } from './style-file.ts'
import classes from './styles.module.css'
import { UseStyle } from './use-it-dialog.tsx'
import type { StyleEditor } from './use-style-editor.ts'
import { useStyleFiles } from './use-style-files.ts'

type Open = 'use' | 'delete' | null

/** Undo, redo, compare and save; rarer actions are in a menu. */
export function EditorBar({
  editor,
  record,
  comparison,
  onCompare,
  wrong,
}: {
  editor: StyleEditor
  record: StyleRecord
  comparison: Comparison
  onCompare(next: Comparison): void
  wrong: ApiError | null
}) {
  const { draft, dirty, saving, undo, redo, save, change, slots } = editor
  const offline = useOfflineReason()
  const announce = useAnnounce()
  const navigate = useNavigate()
  const files = useStyleFiles(slots)
  const [open, setOpen] = useState<Open>(null)
  const [problems, setProblems] = useState<{ file: string; list: FieldProblem[] } | null>(null)
  const nameless = draft.name.trim() === '' ? 'The style needs a name' : null
  const unfit = wrong === null ? null : 'A setting is not accepted'
  const off = dirty ? (nameless ?? unfit ?? offline) : 'There is nothing to save'

  async function read(file: File): Promise<void> {
    const found = await files.read(file)
    if (Array.isArray(found)) setProblems({ file: file.name, list: found })
    else change(draftOf({ name: found.name ?? draft.name, parameters: found.parameters }, slots))
  }
  return (
    <div className={classes.bar}>
      <Button kind="quiet" icon="undo" label="Undo" off={undo === null ? 'Nothing to undo' : null} onClick={() => undo?.()} />
      <Button kind="quiet" icon="redo" label="Redo" off={redo === null ? 'Nothing to redo' : null} onClick={() => redo?.()} />
      <Menu position="bottom-start">
        <Menu.Target>
          <Button kind="quiet" icon="compare" after="down" aria-pressed={comparison !== 'none'}>
            Compare
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onCompare('saved')}>With the saved style</Menu.Item>
          <Menu.Item onClick={() => onCompare('theme')}>With the theme</Menu.Item>
          {comparison === 'none' ? null : <Menu.Item onClick={() => onCompare('none')}>Stop comparing</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      <span className={classes.barEnd}>
        <Button
          kind="solid"
          busy={saving}
          off={off}
          onClick={() => void save().then((done) => (done ? announce('The style is saved') : undefined))}
        >
          {dirty ? 'Save' : 'Saved'}
        </Button>
        <EditorMenu
          editor={editor}
          onUse={() => setOpen('use')}
          onFile={(file) => void read(file)}
          onDelete={() => setOpen('delete')}
        />
      </span>
      <UseStyle style={record} open={open === 'use'} dirty={dirty} onClose={() => setOpen(null)} />
      <DeleteStyle
        style={open === 'delete' ? record : null}
        onClose={() => setOpen(null)}
        onDeleted={() => {
          editor.forget()
          void navigate({ to: '/styles', ignoreBlocker: true })
        }}
      />
      <ProblemsDialog problems={problems} onClose={() => setProblems(null)} />
    </div>
  )
}
