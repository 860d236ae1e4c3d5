import { Menu } from '@mantine/core'
import { useAnnounce } from '../../kit/announcer.tsx'
import { copyText } from '../../kit/copy-text.ts'
import { Icon } from '../../kit/icon.tsx'
import { usePreferences } from '../../state/portal-context.tsx'
import classes from './map.module.css'
import { positionText } from './position-text.ts'
import type { Position } from './rhumb.ts'
import type { MapState } from './use-map-state.ts'

/** What a long press or a right click offers for its place. */
export function MapMenu({
  menu,
  line,
  onClose,
  onChange,
}: {
  menu: { x: number; y: number; position: Position } | null
  line: readonly Position[]
  onClose(): void
  onChange(patch: Partial<MapState>): void
}) {
  const announce = useAnnounce()
  const { positionFormat } = usePreferences()
  if (menu === null) return null
  const { x, y, position } = menu
  const place = positionText(position, positionFormat)

  async function copy(): Promise<void> {
    announce((await copyText(place)) ? 'Copied' : place)
  }
  return (
    <Menu opened onChange={(open) => (open ? undefined : onClose())} position="bottom-start" withinPortal={false}>
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-label={`Menu of ${place}`}
          className={classes.menuPlace}
          ref={(element) => {
            element?.style.setProperty('left', `${x}px`)
            element?.style.setProperty('top', `${y}px`)
          }}
        />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Icon name="crosshair" />} onClick={() => onChange({ tool: null, pick: position })}>
          What is here
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon name="measure" />}
          onClick={() => onChange({ tool: 'measure', pick: null, line: [...line, position] })}
        >
          {line.length === 0 ? 'Measure from here' : 'Measure to here'}
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon name="profile" />}
          onClick={() => onChange({ tool: 'profile', pick: null, line: [...line, position] })}
        >
          {line.length === 0 ? 'Depth profile from here' : 'Depth profile to here'}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="copy" />} onClick={() => void copy()}>
          Copy {place}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
