import cliProgress from 'cli-progress'
import { size } from './words.ts'

/** Shows how much of a file has been sent. */
export interface TransferProgress {
  show(bytes: number): void
  end(): void
}

/** A bar on a terminal; elsewhere nothing, because the end of the transfer is reported anyway. */
export function createTransferProgress(out: NodeJS.WriteStream, name: string, total: number): TransferProgress {
  if (!out.isTTY) return { show() {}, end() {} }
  const bar = new cliProgress.SingleBar({
    format: `{bar} {percentage} %  ${name.slice(0, 30).replaceAll('{', '(')}  {words}`,
    barsize: 24,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    stream: out,
    linewrap: false,
    clearOnComplete: true,
    stopOnComplete: false,
  })
  bar.start(Math.max(total, 1), 0, { words: size(total) })
  return {
    show: (bytes) => bar.update(bytes, { words: `${size(bytes)} of ${size(total)}` }),
    end: () => bar.stop(),
  }
}
