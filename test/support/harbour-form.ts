import { sampleCell, zipOf } from './cells.ts'

/** An upload of two charts, the second of them cut off, as the form that the server takes. */
export async function harbourForm(): Promise<FormData> {
  const cell = sampleCell({ name: 'XX5HARBA' })
  const zip = await zipOf([
    { path: 'ENC_ROOT/XX5HARBA/XX5HARBA.000', content: cell },
    { path: 'ENC_ROOT/XX5HARBB/XX5HARBB.000', content: cell.subarray(0, 900) },
  ])
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(zip)]), 'harbour.zip')
  return form
}
