import { type ReactNode, useEffect, useState } from 'react'
import { Page } from '../../app/shell/page.tsx'
import { SubPages } from '../../app/shell/sub-pages.tsx'
import { useKeys } from '../../kit/keys.tsx'
import { usePortal } from '../../state/portal-context.tsx'
import classes from './charts.module.css'
import { chooseFiles } from './choose-files.ts'

const PAGES = [
  { to: '/charts/uploads', word: 'Uploads' },
  { to: '/charts/cells', word: 'All charts' },
  { to: '/charts/public', word: 'Public charts' },
  { to: '/charts/permits', word: 'Permits' },
] as const

/** A page about charts, with its navigation and a drop target for files that covers the window. */
export function ChartsFrame({ title, parent, children }: { title: string; parent?: ReactNode; children: ReactNode }) {
  const { uploads } = usePortal()
  const over = useDrop((files) => uploads.add(files))
  useKeys('Charts', [
    {
      keys: ['u'],
      does: 'Upload charts',
      run: () => {
        chooseFiles((files) => uploads.add(files))
        return true
      },
    },
  ])
  return (
    <Page title={title} parent={parent}>
      <SubPages name="Charts" pages={PAGES} />
      {children}
      {over ? <div className={classes.dropHere}>Drop the files to upload them</div> : null}
    </Page>
  )
}

/** Takes files that are dropped anywhere in the window. @returns whether files are being dragged over it. */
function useDrop(onFiles: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true
    function drag(event: DragEvent): void {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    function leave(event: DragEvent): void {
      if (event.relatedTarget === null) setOver(false)
    }
    function drop(event: DragEvent): void {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(false)
      onFiles([...(event.dataTransfer?.files ?? [])])
    }
    document.addEventListener('dragover', drag)
    document.addEventListener('dragleave', leave)
    document.addEventListener('drop', drop)
    return () => {
      document.removeEventListener('dragover', drag)
      document.removeEventListener('dragleave', leave)
      document.removeEventListener('drop', drop)
    }
  }, [onFiles])
  return over
}
