import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useRef, useState } from 'react'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { Tabs } from '../../kit/tabs.tsx'
import { usePortal } from '../../state/portal-context.tsx'
import { THEME_WORDS } from '../../text/map-en.ts'
import { THEMES, type Theme } from '../map/map-view.ts'
import classes from './styles.module.css'

/** Makes a style of a theme and opens it. */
export function NewStyleDialog({ open, onClose }: { open: boolean; onClose(): void }) {
  const { styles } = usePortal()
  const navigate = useNavigate()
  const name = useRef<HTMLInputElement>(null)
  const [theme, setTheme] = useState<Theme>('day')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    const text = name.current?.value.trim() ?? ''
    if (text === '' || busy) return
    setBusy(true)
    setFailure(null)
    try {
      const { id } = await styles.create(text, theme)
      await navigate({ to: '/styles/$id', params: { id: String(id) } })
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog title="New style" open={open} onClose={onClose} initialFocus={name}>
      <form className={classes.form} onSubmit={(event) => void submit(event)}>
        <label className={classes.field}>
          Name
          <input ref={name} required maxLength={200} autoComplete="off" />
        </label>
        <Tabs
          label="Begins with the theme"
          value={theme}
          options={THEMES.map((value) => ({ value, word: THEME_WORDS[value] }))}
          onChange={(next) => setTheme(next)}
        />
        {failure === null ? null : <ErrorNote error={failure} />}
        <div className={classes.formEnd}>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="solid" type="submit" busy={busy}>
            Make it
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
