import type { DicomDataElement, ElementsMap, KeywordsMap } from '@iwharris/dicom-data-dictionary'

export interface Dictionary {
  /** The representation of an attribute; null where the standard knows none. */
  vrOf(tag: number): string | null
  /** The tag of a keyword such as `PatientID`, in eight hexadecimal digits; null where there is none. */
  tagOf(keyword: string): string | null
}

let opened: Promise<Dictionary> | null = null

/** The data dictionary of DICOM (PS3.6), which is large: read when it is first asked for. */
export function openDictionary(): Promise<Dictionary> {
  opened ??= read()
  return opened
}

async function read(): Promise<Dictionary> {
  const { default: dictionary } = (await import('@iwharris/dicom-data-dictionary')) as unknown as {
    default: { elements: ElementsMap; tags: KeywordsMap }
  }
  const { elements, tags } = dictionary
  return {
    vrOf(tag) {
      const hex = tag.toString(16).padStart(8, '0').toUpperCase()
      const found: DicomDataElement | undefined = elements[`(${hex.slice(0, 4)},${hex.slice(4)})`]
      return found && /^[A-Z]{2}/.test(found.vr) ? found.vr : null
    },
    tagOf(keyword) {
      const tag = Object.hasOwn(tags, keyword) ? tags[keyword] : undefined
      return tag ? tag.replace(/[(),]/g, '').toUpperCase() : null
    },
  }
}
