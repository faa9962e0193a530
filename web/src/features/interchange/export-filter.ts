import { ExportFilter } from '@vesalius/contracts'
import { type ImageFilter, queryOf } from '../images/image-filter.ts'

/** The filter of a list as exports take it: without its order and what a person reads for a study. */
export function exportFilterOf(filter: ImageFilter): ExportFilter {
  const asked = { ...queryOf(filter), text: filter.text?.trim() || undefined }
  const known = Object.entries(asked).filter(([name]) => name in ExportFilter.shape)
  return ExportFilter.parse(Object.fromEntries(known.filter(([, value]) => value !== undefined)))
}
