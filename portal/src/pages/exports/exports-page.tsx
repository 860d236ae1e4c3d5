import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { Pack } from '../../api/exports-api.ts'
import { Page } from '../../app/shell/page.tsx'
import { type Box, readBox, writeBox } from './box.ts'
import { DeletePack } from './delete-pack.tsx'
import { MakeAgain } from './make-again.tsx'
import { NewPack } from './new-pack.tsx'
import { boxOf, formOf, NEW_PACK } from './pack-form.ts'
import { PackList } from './pack-list.tsx'
import { usePacks } from './use-packs.ts'

/** Offline packs: a new one with its estimate, and those of the account. */
export function ExportsPage() {
  const search = useSearch({ from: '/shell/exports' })
  const navigate = useNavigate()
  const packs = usePacks()
  const [form, setForm] = useState(NEW_PACK)
  /** Increases when the form takes over the choices of a pack, so that the map shows that box. */
  const [turn, setTurn] = useState(0)
  const [again, setAgain] = useState<Pack | null>(null)
  const [toDelete, setToDelete] = useState<Pack | null>(null)
  const box = search.box === undefined ? null : readBox(search.box)

  async function setBox(next: Box): Promise<void> {
    await navigate({
      to: '/exports',
      search: (before) => ({ ...before, box: writeBox(next) }),
      replace: true,
      resetScroll: false,
    })
  }
  async function change(pack: Pack): Promise<void> {
    setAgain(null)
    setForm(formOf(pack))
    await setBox(boxOf(pack))
    setTurn((before) => before + 1)
    window.scrollTo({ top: 0 })
  }
  return (
    <Page title="Offline packs">
      <NewPack
        key={turn}
        box={box}
        form={form}
        onBox={(next) => void setBox(next)}
        onForm={setForm}
        onMade={() => void packs.readAgain()}
      />
      <PackList
        packs={packs.data}
        error={packs.error}
        onRetry={() => void packs.refetch()}
        onAgain={setAgain}
        onDelete={setToDelete}
      />
      <MakeAgain
        pack={again}
        onClose={() => setAgain(null)}
        onMade={() => void packs.readAgain()}
        onChange={(pack) => void change(pack)}
      />
      <DeletePack
        pack={toDelete}
        onDone={(deleted) => {
          setToDelete(null)
          if (deleted) void packs.readAgain()
        }}
      />
    </Page>
  )
}
