import { useState } from 'react'
import { useAnnounce } from './announcer.tsx'
import { Button, type ButtonProps } from './button.tsx'
import classes from './copy-button.module.css'
import { copyText } from './copy-text.ts'
import { Dialog } from './dialog.tsx'

/** Copies a text and says so; where the browser refuses, shows the text selected. */
export function CopyButton({ text, children, ...rest }: { text: () => string | Promise<string> } & Omit<ButtonProps, 'onClick'>) {
  const [copied, setCopied] = useState(false)
  const [byHand, setByHand] = useState<string | null>(null)
  const announce = useAnnounce()

  async function copy(): Promise<void> {
    const value = await text()
    if (await copyText(value)) {
      setCopied(true)
      announce('Copied')
      setTimeout(() => setCopied(false), 2_000)
    } else setByHand(value)
  }

  return (
    <>
      <Button icon={copied ? 'completed' : 'copy'} {...rest} onClick={() => void copy()}>
        {children === undefined ? undefined : copied ? 'Copied' : children}
      </Button>
      <Dialog title="Copy by hand" open={byHand !== null} onClose={() => setByHand(null)}>
        <p>This browser does not let the page copy. Press Ctrl+C.</p>
        <textarea
          className={classes.area}
          readOnly
          aria-label="Text to copy"
          value={byHand ?? ''}
          rows={8}
          ref={(area) => area?.select()}
        />
      </Dialog>
    </>
  )
}
