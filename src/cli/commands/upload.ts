import { stat } from 'node:fs/promises'
import path from 'node:path'
import { awaitEnd } from '../client/await-end.ts'
import { openClient } from '../client/open-client.ts'
import { type SentUpload, sendFile } from '../client/send-file.ts'
import type { ServerCall } from '../client/server-call.ts'
import { type ClientOptions, clientCommand } from '../frame/client-command.ts'
import type { AddCommand, CommandContext } from '../frame/command-context.ts'
import { CliError, EXIT, type ExitCode } from '../frame/exit-codes.ts'
import { createJobProgress } from '../output/job-progress.ts'
import { oneLine } from '../output/table.ts'
import { createTransferProgress } from '../output/transfer-progress.ts'
import { paintState, size, writeJson } from '../output/words.ts'

interface UploadOptions extends ClientOptions {
  wait: boolean
}

/** An upload as the API summarises it; the fields that the command shows. */
interface UploadOutcome {
  id: number
  filename: string
  status: string
  jobId: string | null
  error: string | null
  cells: Record<string, number>
}

/** Failed cells of an upload that are named; the report on the upload has all. */
const SHOWN_FAILURES = 10

type FileOutcome = { file: string; upload: SentUpload | UploadOutcome } | { file: string; error: string }

/** `chartroom upload`: sends files one after another and waits until each is indexed. */
export const addUpload: AddCommand = (program, context) => {
  clientCommand(program, 'upload <file...>', 'upload S-57 and S-63 charts or permits, and wait until they are indexed')
    .option('--no-wait', 'do not wait for the jobs that index them')
    .addHelpText(
      'after',
      `
It takes exchange sets (.zip), cells and updates (.000, .001, ...) and permits
(PERMIT.TXT). The exit code is 0 only if every file was accepted and every cell
in it could be indexed.

Examples:
  chartroom upload ENC_ROOT.zip
  chartroom upload --no-wait --json *.zip`,
    )
    .action(async (files: string[], options: UploadOptions) => {
      const server = await openClient(context, options)
      const outcomes: FileOutcome[] = []
      let worst: ExitCode = EXIT.done
      for (const file of files) {
        try {
          const upload = await uploadOne(context, server, file, options)
          outcomes.push({ file, upload })
          if ('status' in upload && upload.status === 'failed') worst = EXIT.failed
        } catch (error) {
          // The other files are still sent, unless the server is the reason.
          if (!(error instanceof CliError) || error.exitCode === EXIT.unreachable || error.exitCode === EXIT.refused) throw error
          outcomes.push({ file, error: error.message })
          worst = error.exitCode
          // Most messages name the file; those that do not get its name.
          const isNamed = error.message.includes(path.basename(file))
          context.err.write(`${isNamed ? '' : `${file}: `}${error.message}\n`)
        }
      }
      if (options.json === true) writeJson(context.out, outcomes)
      context.exit(worst)
    })
}

async function uploadOne(
  context: CommandContext,
  server: ServerCall,
  file: string,
  options: UploadOptions,
): Promise<SentUpload | UploadOutcome> {
  const { signal } = context
  // What people read keeps out of the JSON of a script.
  const people = options.json === true ? context.err : context.out
  const total = (await stat(file).catch(() => null))?.size ?? 0
  const transfer = createTransferProgress(people, path.basename(file), total)
  let sent: SentUpload
  try {
    sent = await sendFile(server, file, { signal, onProgress: (bytes) => transfer.show(bytes) })
  } finally {
    transfer.end()
  }
  people.write(`${oneLine(sent.filename)}: sent ${size(sent.fileSize)} as upload ${sent.id}\n`)
  if (!options.wait) return sent
  const { jobId } = await readUpload(server, sent.id)
  if (jobId !== null) {
    const progress = createJobProgress(people)
    const show = { onJob: progress.show, onAway: progress.away }
    await awaitEnd(server, jobId, { signal, ...show }).finally(() => progress.end())
  }
  const outcome = await readUpload(server, sent.id)
  const counts = Object.entries(outcome.cells).map(([state, count]) => `${count} ${state}`)
  people.write(`  ${paintState(people, outcome.status)}: ${counts.length === 0 ? 'no cells' : `cells ${counts.join(', ')}`}\n`)
  if (outcome.error !== null) people.write(`  ${oneLine(outcome.error)}\n`)
  for (const line of await failuresOf(server, outcome)) people.write(`  ${line}\n`)
  if (outcome.status === 'failed' && jobId !== null) people.write(`  Its log: chartroom jobs logs ${jobId}\n`)
  return outcome
}

/** Why cells failed, a line each: the log of the job only counts them, because child jobs read them. */
async function failuresOf(server: ServerCall, { id, cells }: UploadOutcome): Promise<string[]> {
  const count = cells['failed'] ?? 0
  if (count === 0) return []
  const path = `/api/portal/v1/charts/uploads/${id}/cells?status=failed&limit=${SHOWN_FAILURES}`
  const failed = (await server.call<{ cells: { name: string; errors: string[] }[] }>('GET', path)).cells
  const lines = failed.map(({ name, errors }) => oneLine(`${name}: ${errors.join('; ')}`))
  return count > failed.length ? [...lines, `and ${count - failed.length} more`] : lines
}

async function readUpload(server: ServerCall, id: number): Promise<UploadOutcome> {
  const path = `/api/portal/v1/charts/uploads/${id}?view=summary`
  return (await server.call<{ upload: UploadOutcome }>('GET', path)).upload
}
