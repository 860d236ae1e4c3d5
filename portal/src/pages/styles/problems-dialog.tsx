import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import type { FieldProblem } from './style-file.ts'
import classes from './styles.module.css'

/** What is wrong with a file of a style, field by field. Nothing was changed. */
export function ProblemsDialog({
  problems,
  onClose,
}: {
  problems: { file: string; list: readonly FieldProblem[] } | null
  onClose(): void
}) {
  return (
    <Dialog
      title="Not imported"
      open={problems !== null}
      onClose={onClose}
      actions={
        <Button data-first onClick={onClose}>
          Close
        </Button>
      }
    >
      <p>{problems?.file} cannot be used. Nothing was changed.</p>
      <ul className={classes.problems}>
        {problems?.list.map(({ field, message }) => (
          <li key={`${field} ${message}`}>
            {field === '' ? 'The file' : <code>{field}</code>} {message}
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
