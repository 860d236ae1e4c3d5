import { useState } from 'react'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { messageOf } from '../../kit/error-note.tsx'
import classes from './chart-file.module.css'
import type { MapSource } from './map-source.ts'

/** Pictures that browsers show; others are offered as files. */
const PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif'])

type Content = { kind: 'text'; text: string } | { kind: 'picture'; address: string } | { kind: 'error'; text: string }

/** Opens a text or picture that came with a chart. Everything from a chart is shown as text or picture, never as a page. */
export function ChartFileButton({
  source,
  cell,
  file,
  children,
}: {
  source: MapSource
  cell: string
  file: string
  children: string
}) {
  const [content, setContent] = useState<Content | null>(null)

  async function open(): Promise<void> {
    try {
      const answer = await source.file(cell, file)
      const type = answer.headers.get('content-type')?.split(';')[0] ?? ''
      if (!answer.ok)
        setContent({
          kind: 'error',
          text: answer.status === 404 ? 'The chart came without this file.' : 'The server refused the file.',
        })
      else if (type.startsWith('text/')) setContent({ kind: 'text', text: await answer.text() })
      else if (PICTURES.has(type)) setContent({ kind: 'picture', address: URL.createObjectURL(await answer.blob()) })
      else save(file, await answer.blob())
    } catch (error) {
      setContent({ kind: 'error', text: messageOf(error) })
    }
  }

  function close(): void {
    if (content?.kind === 'picture') URL.revokeObjectURL(content.address)
    setContent(null)
  }
  return (
    <>
      <Button kind="quiet" icon="download" onClick={() => void open()}>
        {children}
      </Button>
      <Dialog title={file} open={content !== null} onClose={close} wide>
        {content?.kind === 'picture' ? (
          <img className={classes.picture} src={content.address} alt={`Named by the chart: ${file}`} />
        ) : (
          <p className={classes.text}>{content?.text}</p>
        )}
      </Dialog>
    </>
  )
}

function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name.replaceAll(/[^\w.-]/g, '_')
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
