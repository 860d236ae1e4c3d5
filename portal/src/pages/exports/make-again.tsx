import { useState } from 'react'
import type { Pack, PackRequest } from '../../api/exports-api.ts'
import { useAnnounce } from '../../kit/announcer.tsx'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { useOfflineReason, usePortal } from '../../state/portal-context.tsx'
import { packSummary } from '../../text/exports-en.ts'
import { EstimateView } from './estimate-view.tsx'
import { boxOf, formOf, requestOf } from './pack-form.ts'
import { useEstimate, whyNot } from './use-estimate.ts'

interface MakeAgainProps {
  /** The pack to be made again; null while there is none. */
  pack: Pack | null
  onClose(): void
  onMade(pack: Pack): void
  /** The user wants to change it first. */
  onChange(pack: Pack): void
}

/** Makes a pack again from the current charts, after an estimate. The old one stays until it expires. */
export function MakeAgain({ pack, onClose, onMade, onChange }: MakeAgainProps) {
  const { exports } = usePortal()
  const offline = useOfflineReason()
  const announce = useAnnounce()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const wanted = pack === null ? null : requestOf(boxOf(pack), formOf(pack))
  const estimate = useEstimate(wanted)

  function close(): void {
    setFailure(null)
    onClose()
  }
  async function make(request: PackRequest): Promise<void> {
    setBusy(true)
    setFailure(null)
    try {
      onMade(await exports.create(request))
      announce('The pack is being made')
      onClose()
    } catch (problem) {
      setFailure(problem)
    } finally {
      setBusy(false)
    }
  }
  const actions =
    pack === null || wanted === null ? null : (
      <>
        <Button data-first onClick={close}>
          Leave it
        </Button>
        <Button onClick={() => onChange(pack)}>Change it first</Button>
        <Button kind="solid" busy={busy} off={offline ?? whyNot(estimate)} onClick={() => void make(wanted)}>
          Make it again
        </Button>
      </>
    )
  return (
    <Dialog title={`Make ${pack?.fileName ?? 'the pack'} again`} open={pack !== null} onClose={close} actions={actions}>
      {pack === null ? null : <p>{packSummary(pack)}, from the charts that the server has now. The pack that is there stays.</p>}
      <EstimateView estimate={estimate} />
      {failure === null ? null : <ErrorNote error={failure} />}
    </Dialog>
  )
}
