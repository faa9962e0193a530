import { AppError, because, type LabelData, LabelInput, tellReason } from '@vesalius/contracts'
import type { ProjectRow } from '../../db/tables.ts'
import { fitLabel } from '../labels/label-classes.ts'

const MAXIMUM_GROUP = 200

/** The fields that came since the last file and belong to the next one. */
export class UploadFields {
  #label: unknown
  #group: string | null = null
  #problem: AppError | null = null

  /** Takes one field of the form; what is wrong with it is told with the next file. */
  add(name: string, value: unknown, isTruncated: boolean): void {
    if (isTruncated) this.#problem = new AppError('VALIDATION_FAILED', `The field "${name}" is too long.`)
    else if (name === 'label') this.#label = value
    else if (name === 'group') this.#setGroup(value)
    else this.#problem = new AppError('VALIDATION_FAILED', `There is no field "${name.slice(0, 40)}".`)
  }

  /** Hands over what was gathered and begins anew. Throws AppError when a field was wrong. */
  take(project: ProjectRow): { annotation: LabelData | null; group: string | null } {
    const [label, group, problem] = [this.#label, this.#group, this.#problem]
    this.#label = undefined
    this.#group = null
    this.#problem = null
    if (problem) throw problem
    return { annotation: label === undefined ? null : readLabel(project, label), group }
  }

  #setGroup(value: unknown): void {
    if (typeof value === 'string' && value.length <= MAXIMUM_GROUP) this.#group = value.trim() || null
    else this.#problem = new AppError('VALIDATION_FAILED', `"group" is a text of at most ${MAXIMUM_GROUP} characters.`)
  }
}

/** A label file's text as the project writes it. Throws AppError. */
export function readLabel(project: ProjectRow, value: unknown): LabelData {
  const parsed = LabelInput.safeParse(typeof value === 'string' ? parseJson(value) : value)
  if (parsed.success) return fitLabel(project, parsed.data)
  const issue = parsed.error.issues[0]
  const told = because`The label is no label file: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`
  throw new AppError('VALIDATION_FAILED', tellReason(told), { told })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const told = because`The label is not JSON.`
    throw new AppError('VALIDATION_FAILED', tellReason(told), { told }, { cause })
  }
}
