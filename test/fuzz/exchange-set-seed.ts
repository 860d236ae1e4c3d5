import { Buffer } from 'node:buffer'
import { writeExchangeSet } from '#s100/writer/write-exchange-set.ts'

/** CATALOG.XML and CATALOG.SIGN of a set whose signatures are made up: real ones would differ from run to run. */
export function exchangeSetSeeds(): { name: string; bytes: Uint8Array }[] {
  const signer = {
    ...{ id: 'urn:mrn:iho:XX:1', issuer: 'IHO' },
    certificate: Buffer.from('3003020100', 'hex'),
    sign: () => Buffer.from('3006020101020101', 'hex'),
  }
  const file = (path: string) => ({ path, content: Buffer.from(path) })
  const files = writeExchangeSet({
    ...{ name: 'FUZZ', signer },
    datasets: [
      { ...file('S-101/DATASET_FILES/101XX00FUZZ.000'), description: 'Harbour ;XX5FUZZZ;' },
      { ...file('S-102/DATASET_FILES/102XX00FUZZ.h5'), product: 'S-102' },
    ],
    supportFiles: [file('S-101/SUPPORT_FILES/101XX00FUZZ.TXT')],
  })
  return [...files].filter(([path]) => path.startsWith('CATALOG.')).map(([name, bytes]) => ({ name, bytes }))
}
