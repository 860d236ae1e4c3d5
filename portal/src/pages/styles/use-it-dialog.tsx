import type { StyleRecord } from '../../api/styles-api.ts'
import { Button } from '../../kit/button.tsx'
import { CopyButton } from '../../kit/copy-button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { usePortal } from '../../state/portal-context.tsx'
import classes from './styles.module.css'

/** The URLs by which maps use the style. */
export function UseStyle({
  style,
  open,
  dirty,
  onClose,
}: {
  style: Pick<StyleRecord, 'id'>
  open: boolean
  dirty: boolean
  onClose(): void
}) {
  const { base } = usePortal()
  const addresses = [
    { name: 'Vector style, for MapLibre and OpenLayers', address: `${base}api/v1/styles/base.json?styleId=${style.id}` },
    {
      name: 'Raster tiles, for Leaflet, QGIS and others',
      address: `${base}api/v2/tiles/enc-raster-v2/{z}/{x}/{y}.png?styleId=${style.id}`,
    },
  ]
  return (
    <Dialog
      title="Use this style"
      open={open}
      onClose={onClose}
      wide
      actions={
        <Button data-first onClick={onClose}>
          Close
        </Button>
      }
    >
      <p>
        Add <code>&amp;token=</code> and an API token of your account. <a href={new URL('tokens', base).href}>Tokens</a> has ready
        snippets.
      </p>
      {addresses.map(({ name, address }) => (
        <div key={name} className={classes.address}>
          <h3>{name}</h3>
          <code>{address}</code>
          <CopyButton kind="quiet" text={() => address} label={`Copy: ${name}`} />
        </div>
      ))}
      <p>
        {dirty ? 'Maps show the saved style: your changes follow when you save.' : 'Maps show a change as soon as it is saved.'}
      </p>
    </Dialog>
  )
}
