import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS } from '../decode-limits.ts'
import { decodeDicom } from '../dicom/decode-dicom.ts'
import { readDicom } from '../dicom/read-dicom.ts'
import { TAG } from '../dicom/tags.ts'
import { writeDicom } from '../dicom/write-dicom.ts'
import { type Attributes, GREY, makeDataSet, withPixels, words } from '../testing/synthetic-dicom.ts'
import { deidentifyDicom } from './deidentify-dicom.ts'

const NAME = 0x00100010
const STUDY_UID = 0x0020000d
const REFERENCES = 0x00081140
const REFERENCED_UID = 0x00081155
const SECRETS: Attributes = {
  [NAME]: ['PN', 'Muster^Anna'],
  1048608: ['LO', 'PAT-4711'],
  1056768: ['LO', 'Muster alert'],
  524416: ['LO', 'Muster Hospital'],
  524432: ['PN', 'Muster^Referrer'],
  2113536: ['LT', 'seen by Muster'],
  589840: ['LO', 'MUSTER PRIVATE'],
  [STUDY_UID]: ['UI', '1.2.3.4'],
}
const options = { secret: 'a', maxBytes: 1e6 }

async function makeFile(implicit: boolean): Promise<Uint8Array> {
  const encoding = { isExplicit: !implicit, isLittleEndian: true }
  const dataSet = withPixels(makeDataSet({ ...GREY, ...SECRETS }, encoding), words([1, 2, 3, 4, 5, 6]))
  const item = makeDataSet({ [REFERENCED_UID]: ['UI', '1.2.3.4'], [NAME]: ['PN', 'Muster^Anna'] }, encoding)
  dataSet.elements.set(REFERENCES, { tag: REFERENCES, vr: 'SQ', value: new Uint8Array(0), items: [item] })
  return writeDicom(dataSet, null)
}

describe('de-identifying DICOM', () => {
  it('leaves no name in the bytes, sequences and private attributes included, and the pixels as they were', async () => {
    for (const implicit of [false, true]) {
      const file = await makeFile(implicit)
      const { bytes, report } = await deidentifyDicom(file, options)
      expect(Buffer.from(bytes).toString('latin1')).not.toMatch(/muster|4711|1\.2\.3\.4/i)
      const before = await decodeDicom(file, DEFAULT_LIMITS)
      expect(await decodeDicom(bytes, DEFAULT_LIMITS)).toEqual(before)
      expect(report.removed).toContainEqual({ tag: '(0009,0010)', action: 'remove', isPrivate: true, count: 1 })
      expect(report.removed).toContainEqual({ tag: '(0010,0010)', action: 'empty', isPrivate: false, count: 2 })
      expect(JSON.stringify(report)).not.toMatch(/muster/i)
    }
  })

  it('replaces a UID in the same way everywhere, and differently for another secret', async () => {
    const file = await makeFile(false)
    const study = async (secret: string) => {
      const { bytes } = await deidentifyDicom(file, { ...options, secret })
      const { dataSet } = await readDicom(bytes, 1e6)
      return [dataSet.text(STUDY_UID), dataSet.items(REFERENCES)[0]?.text(REFERENCED_UID)]
    }
    const [first, inside] = await study('a')
    expect(first).toMatch(/^2\.25\.\d+$/)
    expect(inside).toBe(first)
    expect(await study('a')).toEqual([first, first])
    expect((await study('b'))[0]).not.toBe(first)
  })

  it('tells whether names may be burned into the pixels', async () => {
    const { report } = await deidentifyDicom(await makeFile(false), options)
    expect(report.burnedInText).toBe('unknown')
    const marked = withPixels(
      makeDataSet({ ...GREY, [TAG.burnedInAnnotation]: ['CS', 'YES'] }),
      words([1, 2, 3, 4, 5, 6]),
    )
    expect((await deidentifyDicom(await writeDicom(marked, null), options)).report.burnedInText).toBe('yes')
  })
})
