import { Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { StyleRecord } from '../../api/styles-api.ts'
import { Button } from '../../kit/button.tsx'
import { Age } from '../../kit/time.tsx'
import { useOfflineReason, usePortal } from '../../state/portal-context.tsx'
import { THEME_WORDS } from '../../text/map-en.ts'
import { changedColours } from '../../text/styles-en.ts'
import { downloadText } from '../job/download-text.ts'
import type { Camera } from '../map/map-view.ts'
import { draftOf, type SlotList, themeOf } from './style-draft.ts'
import { writeStyleFile } from './style-file.ts'
import classes from './styles.module.css'
import { tileOf } from './tile-of.ts'

/** One style: a picture of it, what it is, who made it and when it was last changed. */
export function StyleCard({
  style,
  slots,
  place,
  onDuplicate,
  onDelete,
}: {
  style: StyleRecord
  slots: SlotList
  place: Camera | null
  onDuplicate(): void
  onDelete(): void
}) {
  const { id, name, userEmail, updatedAt } = style
  const offline = useOfflineReason()
  const off = { disabled: offline !== null, title: offline ?? undefined }
  const { colors, settings } = draftOf(style, slots)
  return (
    <li className={classes.card}>
      <Picture style={style} place={place} />
      <div className={classes.cardText}>
        <h2>
          <Link to="/styles/$id" params={{ id: String(id) }} className={classes.cardLink}>
            {name}
          </Link>
        </h2>
        <p>
          {THEME_WORDS[themeOf(settings)]}
          {slots.length === 0 ? '' : ` · ${changedColours(Object.keys(colors).length)}`}
        </p>
        <p className={classes.cardBy}>
          {userEmail}, <Age at={updatedAt} />
        </p>
      </div>
      <div className={classes.cardMenu}>
        <Menu>
          <Menu.Target>
            <Button kind="quiet" icon="more" label={`More: ${name}`} />
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item {...off} onClick={onDuplicate}>
              Duplicate
            </Menu.Item>
            <Menu.Item onClick={() => downloadText(`${name}.json`, writeStyleFile(style))}>Export</Menu.Item>
            <Menu.Divider />
            <Menu.Item {...off} onClick={onDelete}>
              Delete
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </li>
  )
}

/** A raster tile in the colours of the style. */
function Picture({ style: { id, updatedAt }, place }: { style: StyleRecord; place: Camera | null }) {
  const { styles } = usePortal()
  const placed = place === null ? null : tileOf(place)
  const tile = placed?.tile ?? null
  const { data, error } = useQuery({
    queryKey: ['style-tile', id, updatedAt, tile],
    queryFn: ({ signal }) => (tile === null ? null : styles.tile(id, tile, signal)),
    enabled: tile !== null,
    staleTime: 60_000,
  })
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    if (data === undefined || data === null) return
    const made = URL.createObjectURL(data)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [data])
  return (
    <div className={classes.picture} aria-busy={(address === null && error === null) || undefined}>
      {address === null ? null : (
        <img src={address} alt="" width={256} height={256} style={{ objectPosition: `50% ${100 * (placed?.at.y ?? 0.5)}%` }} />
      )}
      {error === null ? null : <span>No picture</span>}
    </div>
  )
}
