import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS } from '../decode-limits.ts'
import { joinBytes } from '../inflate.ts'
import { PictureError } from '../picture-error.ts'
import { writeLosslessJpeg } from '../testing/lossless-jpeg.ts'
import { type Attributes, EXPLICIT, GREY, makeDataSet, withPixels, words } from '../testing/synthetic-dicom.ts'
import type { Encoding } from './data-set.ts'
import { decodeDicom } from './decode-dicom.ts'
import { TAG } from './tags.ts'
import { writeDataSet } from './write-data-set.ts'
import { writeDicom } from './write-dicom.ts'

const VALUES = [0, 1, 2, 1000, 4094, 4095]
const IMPLICIT: Encoding = { isExplicit: false, isLittleEndian: true }
const BIG: Encoding = { isExplicit: true, isLittleEndian: false }
const RGB: Attributes = {
  ...GREY,
  [TAG.samplesPerPixel]: ['US', 3],
  [TAG.photometric]: ['CS', 'RGB'],
  [TAG.bitsAllocated]: ['US', 8],
  [TAG.bitsStored]: ['US', 8],
  [TAG.highBit]: ['US', 7],
  [TAG.rows]: ['US', 1],
  [TAG.columns]: ['US', 2],
}

const decode = async (bytes: Uint8Array) => decodeDicom(bytes, DEFAULT_LIMITS)
const samplesOf = async (bytes: Uint8Array) => [...(await decode(bytes)).samples]
const grey = (encoding: Encoding) => withPixels(makeDataSet(GREY, encoding), words(VALUES, encoding))

async function refusal(bytes: Uint8Array, limits = DEFAULT_LIMITS): Promise<string> {
  try {
    await decodeDicom(bytes, limits)
    return 'decoded'
  } catch (error) {
    return error instanceof PictureError ? error.kind : String(error)
  }
}

describe('byte layouts of DICOM', () => {
  it('are all read to the same samples', async () => {
    for (const encoding of [EXPLICIT, IMPLICIT, BIG]) {
      expect(await samplesOf(await writeDicom(grey(encoding), null))).toEqual(VALUES)
      expect(await samplesOf(writeDataSet(grey(encoding)))).toEqual(VALUES)
    }
    expect(await samplesOf(await writeDicom(grey(EXPLICIT), '1.2.840.10008.1.2.1.99'))).toEqual(VALUES)
  })

  it('are recognised where the file states another one', async () => {
    expect(await samplesOf(await writeDicom(grey(IMPLICIT), '1.2.840.10008.1.2.1'))).toEqual(VALUES)
  })
})

describe('samples of DICOM', () => {
  it('of signed images get their sign from the stored bits and lose overlay bits above', async () => {
    const signed = makeDataSet({ ...GREY, [TAG.pixelRepresentation]: ['US', 1] })
    const bytes = await writeDicom(withPixels(signed, words([0xffff, 0x0800, 0x17ff, 0xf001, 0, 5])), null)
    expect(await decode(bytes)).toMatchObject({ sampleType: 'i16', bitsStored: 12, colour: 'grey' })
    expect(await samplesOf(bytes)).toEqual([-1, -2048, 2047, 1, 0, 5])
  })

  it('of planar colour are interleaved, and luma is turned into red, green, blue', async () => {
    const planar = makeDataSet({ ...RGB, [TAG.planarConfiguration]: ['US', 1] })
    const bytes = await writeDicom(withPixels(planar, Uint8Array.of(1, 2, 3, 4, 5, 6), 'OB'), null)
    expect(await samplesOf(bytes)).toEqual([1, 3, 5, 2, 4, 6])
    const luma = makeDataSet({ ...RGB, [TAG.photometric]: ['CS', 'YBR_FULL'] })
    const white = await writeDicom(withPixels(luma, Uint8Array.of(255, 128, 128, 76, 85, 255), 'OB'), null)
    expect(await samplesOf(white)).toEqual([255, 255, 255, 254, 0, 0])
  })

  it('of a palette become its colours at its depth', async () => {
    const entries = makeDataSet({
      ...RGB,
      [TAG.samplesPerPixel]: ['US', 1],
      [TAG.photometric]: ['CS', 'PALETTE COLOR'],
      ...Object.fromEntries([0, 1, 2].map((channel) => [TAG.redDescriptor + channel, ['US', [2, 0, 16]]])),
      ...Object.fromEntries([0, 1, 2].map((channel) => [TAG.redTable + channel, ['OW', [channel, 65535 - channel]]])),
    })
    const bytes = await writeDicom(withPixels(entries, Uint8Array.of(1, 0), 'OB'), null)
    expect(await decode(bytes)).toMatchObject({ colour: 'rgb', sampleType: 'u16' })
    expect(await samplesOf(bytes)).toEqual([65535, 65534, 65533, 0, 1, 2])
  })

  it('packed by runs and by lossless JPEG equal the plain ones', async () => {
    const header = new Uint8Array(64)
    new DataView(header.buffer).setUint32(0, 2, true)
    new DataView(header.buffer).setUint32(4, 64, true)
    new DataView(header.buffer).setUint32(8, 71, true)
    const high = [5, ...VALUES.map((value) => value >> 8)]
    const low = [5, ...VALUES.map((value) => value & 255)]
    const runs = joinBytes([header, Uint8Array.from(high), Uint8Array.from(low)])
    const rle = withPixels(makeDataSet(GREY), [runs])
    expect(await samplesOf(await writeDicom(rle, '1.2.840.10008.1.2.5'))).toEqual(VALUES)
    const jpeg = withPixels(makeDataSet(GREY), [writeLosslessJpeg(VALUES, 3, 12)])
    expect(await samplesOf(await writeDicom(jpeg, '1.2.840.10008.1.2.4.70'))).toEqual(VALUES)
  })
})

describe('facts beside the samples', () => {
  it('are read where stated and null where not', async () => {
    const plain = await decode(await writeDicom(grey(EXPLICIT), null))
    expect(plain.calibrations[0]).toMatchObject({ spacing: null, rescale: null, windows: [], padding: null })
    const facts = makeDataSet({
      ...GREY,
      [TAG.pixelSpacing]: ['DS', '0.5\\0.25'],
      [TAG.rescaleSlope]: ['DS', '2'],
      [TAG.rescaleIntercept]: ['DS', '-1024'],
      [TAG.windowCenter]: ['DS', '40\\400'],
      [TAG.windowWidth]: ['DS', '80\\2000'],
    })
    const { calibrations } = await decode(await writeDicom(withPixels(facts, words(VALUES)), null))
    expect(calibrations[0]).toMatchObject({
      spacing: { rowMm: 0.5, columnMm: 0.25, plane: 'object' },
      rescale: { slope: 2, intercept: -1024, unit: null },
      windows: [
        { center: 40, width: 80, shape: 'linear' },
        { center: 400, width: 2000, shape: 'linear' },
      ],
    })
  })

  it('take computed tomography that names no unit for Hounsfield units, as the standard says', async () => {
    const unitOf = async (imageType: string) => {
      const facts = makeDataSet({
        ...GREY,
        [TAG.sopClass]: ['UI', '1.2.840.10008.5.1.4.1.1.2'],
        [TAG.imageType]: ['CS', imageType],
        [TAG.rescaleSlope]: ['DS', '1'],
        [TAG.rescaleIntercept]: ['DS', '-1024'],
      })
      const { calibrations } = await decode(await writeDicom(withPixels(facts, words(VALUES)), null))
      return calibrations[0]?.rescale?.unit
    }
    expect(await unitOf('ORIGINAL\\PRIMARY\\AXIAL')).toBe('HU')
    expect(await unitOf('ORIGINAL\\PRIMARY\\LOCALIZER')).toBeNull()
    expect(await unitOf('DERIVED\\SECONDARY')).toBeNull()
  })
})

describe('DICOM that is refused', () => {
  it('is told apart by reason', async () => {
    expect(await refusal(await writeDicom(makeDataSet(GREY), null))).toBe('no-image')
    const short = withPixels(makeDataSet(GREY), words(VALUES.slice(1)))
    expect(await refusal(await writeDicom(short, null))).toBe('damaged')
    const unknown = withPixels(makeDataSet({ ...GREY, [TAG.photometric]: ['CS', 'HSV'] }), words(VALUES))
    expect(await refusal(await writeDicom(unknown, null))).toBe('unsupported')
    expect(await refusal(await writeDicom(grey(EXPLICIT), '1.2.3'))).toBe('unsupported')
    const huge = { ...GREY, [TAG.rows]: ['US', 65535], [TAG.numberOfFrames]: ['IS', '999999'] } as Attributes
    expect(await refusal(await writeDicom(withPixels(makeDataSet(huge), words(VALUES)), null))).toBe('too-large')
    const small = { ...DEFAULT_LIMITS, maxPixels: 5 }
    expect(await refusal(await writeDicom(grey(EXPLICIT), null), small)).toBe('too-large')
    const other = withPixels(makeDataSet(GREY), [writeLosslessJpeg([1, 2, 3, 4], 2, 12)])
    expect(await refusal(await writeDicom(other, '1.2.840.10008.1.2.4.70'))).toBe('damaged')
  })

  it('ends anywhere without another kind of error', async () => {
    const whole = await writeDicom(grey(EXPLICIT), null)
    for (let length = 0; length < whole.length; length += 1) {
      expect(await refusal(whole.subarray(0, length))).toMatch(/^(damaged|no-image|unsupported)$/)
    }
  })
})

const samples = fileURLToPath(new URL('../../../../shared/data/dicom/wg04/', import.meta.url))

describe.skipIf(!existsSync(samples))(
  'samples of the DICOM committee (skipped where ../shared/data is missing)',
  () => {
    it('decode to the same pixels from every lossless syntax', async () => {
      const plain = await decode(readFileSync(`${samples}CT1_UNC.dcm`))
      for (const kind of ['RLE', 'JPLL', 'JLSL', 'J2KR']) {
        const packed = await decode(readFileSync(`${samples}CT1_${kind}.dcm`))
        expect(Buffer.compare(new Uint8Array(packed.samples.buffer), new Uint8Array(plain.samples.buffer))).toBe(0)
      }
    })
  },
)
