import { useState } from 'react'
import { Button } from '../../kit/button.tsx'
import { counted } from '../../text/plural.ts'
import { SLOT_GROUP_NOTES, SLOT_GROUP_WORDS } from '../../text/styles-en.ts'
import { ColourRow } from './colour-row.tsx'
import { fitsSearch, hasEffect, SLOT_GROUPS, slotGroup } from './slot-groups.ts'
import classes from './styles.module.css'
import type { StyleEditor } from './use-style-editor.ts'

/** All colours by what they paint; those of the place that was clicked come first. */
export function ColourList({
  editor,
  found,
  onForget,
}: {
  editor: StyleEditor
  /** Null while they are looked for. */
  found: readonly string[] | null
  onForget(): void
}) {
  const { slots, draft } = editor
  const [search, setSearch] = useState('')
  const [changedOnly, setChangedOnly] = useState(false)
  const isChanged = (slot: string) => draft.colors[slot] !== undefined
  const usable = slots.filter((slot) => hasEffect(slot) || isChanged(slot.slot))
  const shown = usable.filter((slot) => fitsSearch(slot, search) && (!changedOnly || isChanged(slot.slot)))
  const first = (found ?? []).flatMap((name) => usable.filter(({ slot }) => slot === name))
  const filtered = search.trim() !== '' || changedOnly

  return (
    <>
      <search className={classes.filters}>
        <input
          type="search"
          aria-label="Search colours"
          placeholder="Search colours"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
        <label className={classes.check}>
          <input type="checkbox" checked={changedOnly} onChange={({ target }) => setChangedOnly(target.checked)} />
          Changed only
        </label>
      </search>
      {found?.length === 0 ? (
        <p className={classes.tip}>Click the map to find the colours of what is there.</p>
      ) : (
        <section className={`${classes.group} ${classes.found}`} aria-label="Where you clicked">
          <header>
            <h2>Where you clicked</h2>
            <Button kind="quiet" icon="close" label="Close" onClick={onForget} />
          </header>
          {found === null ? (
            <p className={classes.tip}>The chart is still being drawn.</p>
          ) : first.length === 0 ? (
            <p className={classes.tip}>A symbol, which keeps the colours of the theme.</p>
          ) : (
            <ul>
              {first.map((slot) => (
                <ColourRow key={slot.slot} slot={slot} editor={editor} />
              ))}
            </ul>
          )}
        </section>
      )}
      {SLOT_GROUPS.map((group) => {
        const members = shown.filter(({ slot }) => slotGroup(slot) === group)
        const note = filtered ? undefined : SLOT_GROUP_NOTES[group]
        if (members.length === 0 && note === undefined) return null
        return (
          <section key={group} className={classes.group} aria-label={SLOT_GROUP_WORDS[group]}>
            <h2>{SLOT_GROUP_WORDS[group]}</h2>
            {note === undefined ? null : <p className={classes.tip}>{note}</p>}
            <ul>
              {members.map((slot) => (
                <ColourRow key={slot.slot} slot={slot} editor={editor} />
              ))}
            </ul>
          </section>
        )
      })}
      {shown.length === 0 ? (
        <p className={classes.tip}>
          {changedOnly && search.trim() === '' ? 'All colours are those of the theme.' : 'No colour fits this search.'}
        </p>
      ) : (
        <p className={classes.tip}>{counted(shown.length, 'colour')}</p>
      )}
    </>
  )
}
