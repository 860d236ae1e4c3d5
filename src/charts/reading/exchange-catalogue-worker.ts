import { isMainThread } from 'node:worker_threads'
import { runInBackground } from '#lib/background-thread.ts'
import { type Guarded, underGuard } from '#lib/end-guard.ts'
import { messageOf } from '#lib/errors.ts'
import { isMachineFault } from '#lib/machine-fault.ts'
import { shortened } from '#lib/shortened.ts'
import { readAnchor } from '#s100/anchor.ts'
import { checkSignature } from '#s100/check-signature.ts'
import type { ExchangeCatalogue } from '#s100/exchange-catalogue.ts'
import { readCatalogueSignature } from '#s100/read-catalogue-signature.ts'
import { readExchangeCatalogue } from '#s100/read-exchange-catalogue.ts'
import { readStoredFile, type StoredFile } from '../zip/read-stored-file.ts'
import type { SignatureRules } from './cell-opening.ts'
import type { FailedOutcome } from './zipped-cell-worker.ts'

if (!isMainThread) runInBackground()

// Runs in a worker thread: a CATALOG.XML may be large, and its support files are many.

/** An S-100 exchange set to read. */
export interface ExchangeCatalogueTask {
  /** CATALOG.XML. */
  catalogue: StoredFile
  /** CATALOG.SIGN; null when there is none. */
  signature: StoredFile | null
  /** Texts and pictures below the folder of the catalogue, by path from there in upper case. */
  texts: [path: string, file: StoredFile][]
  rules: SignatureRules
}

/** Errors lose their class between threads, so their message is passed. */
export type ExchangeCatalogueOutcome =
  | {
      ok: true
      /** With the certificates of CATALOG.SIGN too. */
      catalogue: ExchangeCatalogue
      /** Why CATALOG.XML is not known to come from a certified data server; null when it does, or when signatures are not checked. */
      fault: string | null
      /** Support files whose signature is not verified, by path in upper case, and why. */
      faultySupportFiles: [path: string, message: string][]
    }
  | FailedOutcome

/** Support files that are verified; the texts of all the world's charts take less. */
const MOST_SUPPORT_BYTES = 512 * 1024 * 1024

/** Reads the catalogue of an exchange set and verifies its signature and those of its support files. Never rejects. */
export default function readGuarded(task: Guarded<ExchangeCatalogueTask>): ExchangeCatalogueOutcome {
  return underGuard(task.guard, () => readSet(task))
}

function readSet(task: ExchangeCatalogueTask): ExchangeCatalogueOutcome {
  try {
    const bytes = readStoredFile(task.catalogue)
    const catalogue = readExchangeCatalogue(task.catalogue.name, bytes)
    if (task.rules.policy === 'off') return { ok: true, catalogue, fault: null, faultySupportFiles: [] }
    const anchors = task.rules.authorities.map((each) => readAnchor(each.name, each.bytes))
    const { name } = task.catalogue
    const signed = task.signature === null ? null : readCatalogueSignature(task.signature.name, readStoredFile(task.signature))
    catalogue.certificates.push(...(signed?.certificates ?? []))
    const { certificates, date } = catalogue
    const signatures = signed?.signature == null ? [] : [signed.signature]
    const checked = checkSignature(name, [bytes], signatures, { certificates, anchors, issueDate: date })
    const faulty = faultySupportFiles(task, catalogue, anchors)
    return { ok: true, catalogue, fault: checked.ok ? null : checked.message, faultySupportFiles: faulty }
  } catch (error) {
    return { ok: false, message: shortened(messageOf(error)), machineFault: isMachineFault(error) }
  }
}

function faultySupportFiles(
  { texts }: ExchangeCatalogueTask,
  { supportFiles, certificates, date }: ExchangeCatalogue,
  anchors: ReturnType<typeof readAnchor>[],
): [string, string][] {
  const stored = new Map(texts)
  const faulty: [string, string][] = []
  let bytes = 0
  for (const { path, signatures } of supportFiles) {
    const key = path.toUpperCase()
    const file = stored.get(key)
    if (file === undefined) continue
    bytes += file.bytes
    const checked =
      bytes > MOST_SUPPORT_BYTES
        ? { ok: false as const, message: `the signature of ${file.name} was not verified: the set has too many support files` }
        : checkSignature(file.name, [readStoredFile(file)], signatures, { certificates, anchors, issueDate: date })
    if (!checked.ok) faulty.push([key, checked.message])
  }
  return faulty
}
