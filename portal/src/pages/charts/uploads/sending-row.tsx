import { Button } from '../../../kit/button.tsx'
import { messageOf } from '../../../kit/error-note.tsx'
import { Progress } from '../../../kit/progress.tsx'
import { usePortal } from '../../../state/portal-context.tsx'
import { sendingText } from '../../../text/charts-en.ts'
import { bytes } from '../../../text/sizes.ts'
import type { QueuedFile } from '../../../uploads/upload-queue.ts'
import classes from '../charts.module.css'
import { StateText } from '../state-text.tsx'

/** A file on its way to the server, or one that cannot be sent. */
export function SendingRow({ file }: { file: QueuedFile }) {
  const { uploads } = usePortal()
  const stopped = file.state === 'refused' || file.state === 'failed'
  const percent = file.size === 0 ? 0 : Math.floor((file.sent / file.size) * 100)
  return (
    <tr>
      <td>{file.name}</td>
      <td>
        {stopped ? (
          <StateText state="failed">
            {file.state === 'refused' ? 'Not sent. ' : 'Not uploaded. '}
            {messageOf(file.problem)}
          </StateText>
        ) : (
          <StateText state={file.state === 'sending' ? 'running' : 'pending'}>{sendingText(file)}</StateText>
        )}
        {file.state === 'sending' ? <Progress percent={percent} waiting={false} label={`Sending ${file.name}`} /> : null}
      </td>
      <td>{bytes(file.size)}</td>
      <td>
        <span className={classes.row}>
          {file.state === 'failed' ? (
            <Button icon="retry" onClick={() => uploads.again(file.key)}>
              Try again
            </Button>
          ) : null}
          {file.state === 'sent' ? null : (
            <Button kind="quiet" icon="close" onClick={() => uploads.remove(file.key)}>
              {stopped ? 'Dismiss' : 'Cancel'}
            </Button>
          )}
        </span>
      </td>
    </tr>
  )
}
