import { AppError } from '@vesalius/contracts'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { ATTRIBUTE } from './dicom-json.ts'
import type { Dictionary } from './dictionary.ts'

/** A QIDO-RS query as it was understood. Source: DICOM PS3.18 section 8.3.4. */
export interface SearchQuery {
  /** Conditions on `dicom_instances`, all of which have to hold. */
  conditions: RawBuilder<SqlBool>[]
  limit: number
  offset: number
  /** What was asked for and is not done, told in a header. */
  ignored: string[]
}

const COLUMNS: Readonly<Record<string, string>> = {
  [ATTRIBUTE.studyUid]: 'study_uid',
  [ATTRIBUTE.seriesUid]: 'series_uid',
  [ATTRIBUTE.instanceUid]: 'instance_uid',
  [ATTRIBUTE.patientId]: 'patient_id',
  [ATTRIBUTE.patientName]: 'patient_name',
  [ATTRIBUTE.studyDate]: 'study_date',
  [ATTRIBUTE.accession]: 'accession',
  [ATTRIBUTE.modality]: 'modality',
  [ATTRIBUTE.modalitiesInStudy]: 'modality',
}
const UIDS: readonly string[] = [ATTRIBUTE.studyUid, ATTRIBUTE.seriesUid, ATTRIBUTE.instanceUid]
/** Others that can be matched; they stand in the row's attributes. */
const MATCHED = new Set([
  ...['00080016', '00080030', '00080090', '00081030', '0008103E', '00180015', '00200010', '00200011', '00200013'],
  ...['00100030', '00100040'],
])
const DATES = new Set<string>([ATTRIBUTE.studyDate, '00080030', '00100030'])
const LONGEST = 2000
const MOST_LISTED = 1000

/** Throws BAD_REQUEST for numbers that are none, and values that are too long. */
export function readSearch(
  query: Readonly<Record<string, unknown>>,
  { tagOf }: Dictionary,
  usual: { limit: number; most: number },
): SearchQuery {
  const search: SearchQuery = { conditions: [], limit: usual.limit, offset: 0, ignored: [] }
  for (const [name, given] of Object.entries(query)) {
    const value = (Array.isArray(given) ? given : [given]).map(String).join(',')
    if (value.length > LONGEST) throw new AppError('BAD_REQUEST', 'A value of the query is too long.')
    if (name === 'limit') search.limit = Math.min(readNumber(name, value), usual.most)
    else if (name === 'offset') search.offset = readNumber(name, value)
    else if (name === 'includefield') continue
    else if (name === 'fuzzymatching') {
      if (value === 'true') search.ignored.push('fuzzymatching')
    } else {
      const tag = /^[0-9A-Fa-f]{8}$/.test(name) ? name.toUpperCase() : tagOf(name)
      if (!tag || (!(tag in COLUMNS) && !MATCHED.has(tag))) search.ignored.push(name.slice(0, 64))
      else if (value !== '' && value !== '*') search.conditions.push(conditionOf(tag, value))
    }
  }
  return search
}

function readNumber(name: string, value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new AppError('BAD_REQUEST', `"${name}" has to be a whole number.`)
  return Number(value)
}

function conditionOf(tag: string, value: string): RawBuilder<SqlBool> {
  const column = COLUMNS[tag]
  const field = column
    ? sql.ref(`dicom_instances.${column}`)
    : sql`dicom_instances.attributes -> ${tag} -> 'Value' ->> 0`
  if (UIDS.includes(tag)) {
    const uids = value.split(/[,\\]/).filter(Boolean).slice(0, MOST_LISTED)
    return sql<SqlBool>`${field} IN (${sql.join(uids)})`
  }
  if (DATES.has(tag) && value.includes('-')) {
    const [from = '', to = ''] = value.split('-')
    // Times may have parts of seconds that a bound lacks.
    return sql<SqlBool>`(${field} >= ${from} AND ${to === '' ? sql`TRUE` : sql`${field} <= ${`${to}~`}`})`
  }
  const name = tag === ATTRIBUTE.patientName || tag === '00080090' ? nameField(field, tag) : field
  if (!/[*?]/.test(value)) return sql<SqlBool>`lower(${name}) = lower(${value})`
  const pattern = value
    .replace(/[\\%_]/g, '\\$&')
    .replaceAll('*', '%')
    .replaceAll('?', '_')
  return sql<SqlBool>`${name} ILIKE ${pattern}`
}

/** Names are objects in the attributes, text in their column. */
function nameField(field: RawBuilder<unknown> | ReturnType<typeof sql.ref>, tag: string) {
  return tag === ATTRIBUTE.patientName
    ? field
    : sql`dicom_instances.attributes -> ${tag} -> 'Value' -> 0 ->> 'Alphabetic'`
}
