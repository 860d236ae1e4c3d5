import { useState } from 'react'
import type { Pack } from '../../api/exports-api.ts'
import { useAnnounce } from '../../kit/announcer.tsx'
import { Button } from '../../kit/button.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { Panel } from '../../kit/panel.tsx'
import { useOfflineReason, usePortal } from '../../state/portal-context.tsx'
import { packContents } from '../../text/exports-en.ts'
import type { Box } from './box.ts'
import { BoxFields } from './box-fields.tsx'
import { BoxMap } from './box-map.tsx'
import { EstimateView } from './estimate-view.tsx'
import classes from './exports.module.css'
import { PackChoices } from './pack-choices.tsx'
import { type PackForm, requestOf } from './pack-form.ts'
import { type Estimate, useEstimate, whyNot } from './use-estimate.ts'

interface NewPackProps {
  box: Box | null
  form: PackForm
  onBox(box: Box): void
  onForm(form: PackForm): void
  onMade(pack: Pack): void
}

/** The box, the choices and the estimate of a new pack, and the button that makes it. */
export function NewPack({ box, form, onBox, onForm, onMade }: NewPackProps) {
  const [drawn, setDrawn] = useState(0)
  const estimate = useEstimate(box === null ? null : requestOf(box, form))
  return (
    <Panel title="New pack">
      <div className={classes.new}>
        <div className={classes.area}>
          <BoxMap
            box={box}
            theme={form.theme}
            onBox={(next) => {
              // What was typed before no longer counts.
              setDrawn((turn) => turn + 1)
              onBox(next)
            }}
          />
          <div className={classes.corners}>
            <BoxFields key={drawn} box={box} onBox={onBox} />
          </div>
        </div>
        <div className={classes.choices}>
          <PackChoices form={form} onChange={onForm} />
          <details className={classes.contents}>
            <summary>What is in the zip</summary>
            <ul>
              {packContents(form).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </details>
        </div>
        <div className={classes.make}>
          {box === null ? null : <EstimateView estimate={estimate} />}
          <MakePack box={box} form={form} estimate={estimate} onMade={onMade} />
        </div>
      </div>
    </Panel>
  )
}

function MakePack({ box, form, estimate, onMade }: Pick<NewPackProps, 'box' | 'form' | 'onMade'> & { estimate: Estimate }) {
  const { exports } = usePortal()
  const offline = useOfflineReason()
  const announce = useAnnounce()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)

  async function make(): Promise<void> {
    if (box === null) return
    setBusy(true)
    setFailure(null)
    try {
      onMade(await exports.create(requestOf(box, form)))
      announce('The pack is being made')
    } catch (problem) {
      setFailure(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      {failure === null ? null : <ErrorNote error={failure} />}
      <Button
        kind="solid"
        icon="exports"
        busy={busy}
        off={offline ?? (box === null ? 'Choose a box first' : whyNot(estimate))}
        onClick={() => void make()}
      >
        Make the pack
      </Button>
    </>
  )
}
