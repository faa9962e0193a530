import {
  AppError,
  type ClassColour,
  type ClassEditRequest,
  type ClassMap,
  type EditedClass,
  mapOfEdit,
  type PastClasses,
  placesLost,
} from '@vesalius/contracts'
import type { ClassEditRow, ProjectRow } from '../../db/tables.ts'
import { checkClassCount } from '../projects/class-count.ts'
import { extendHistory } from './class-schemes.ts'

/** A change of classes, made out: what an edit and the undo of one have in common. */
export interface ClassPlan {
  after: EditedClass[]
  classes: string[]
  colours: ClassColour[]
  /** By place of now, the new place. */
  to: ClassMap
  /** Places of now whose labels say something else afterwards. */
  lost: number[]
  history: PastClasses[]
  /** Whether places or names of classes that labels may use change. */
  isCarried: boolean
  undoes: ClassEditRow | null
}

/** Throws VALIDATION_FAILED, NOTHING_CHANGED, or CONFLICT where the classes changed since they were looked at. */
export function planEdit(project: ProjectRow, { scheme, classes: after }: ClassEditRequest): ClassPlan {
  if (scheme !== project.class_scheme) {
    throw new AppError('CONFLICT', 'The classes were changed meanwhile. Look at them again.')
  }
  const count = project.classes.length
  const places = after.flatMap(({ was, takes }) => (was === null ? takes : [was, ...takes]))
  if (places.some((place) => place >= count)) {
    throw new AppError('VALIDATION_FAILED', `A class is named that is not there: the project has ${count}.`)
  }
  const plan = makePlan(project, after)
  checkClassCount(project.task_type, plan.classes)
  const isSame = JSON.stringify(plan.classes) === JSON.stringify(project.classes) && !plan.isCarried
  if (isSame && JSON.stringify(plan.colours) === JSON.stringify(coloursOf(project))) {
    throw new AppError('NOTHING_CHANGED', 'The classes are as they were.')
  }
  return plan
}

/**
 * The way back: the classes of before in their places, then those that the edit added and labels use by now (`used`:
 * places of now). What was written before the edit is read as if it had never been.
 */
export function planUndo(project: ProjectRow, edit: ClassEditRow, used: ReadonlySet<number>): ClassPlan {
  if (edit.scheme !== project.class_scheme) {
    throw new AppError('CONFLICT', 'Only the newest change of the classes can be taken back.')
  }
  const restored: EditedClass[] = edit.before.map((name, place) => {
    const now = edit.after.findIndex(({ was }) => was === place)
    return { name, was: now < 0 ? null : now, takes: [], colour: edit.colours_before[place] ?? null }
  })
  const added = edit.after.flatMap(({ was, name, colour }, now): EditedClass[] => {
    if (was !== null || !used.has(now)) return []
    return [{ name: edit.before.includes(name) ? `${name} 2` : name, was: now, takes: [], colour }]
  })
  const plan = makePlan(project, [...restored, ...added])
  const stay = edit.before.map((_, place) => place)
  const history = [
    ...edit.history_before,
    { names: edit.before, to: stay },
    { names: project.classes, to: [...plan.to] },
  ]
  return {
    ...plan,
    history,
    isCarried: plan.isCarried || placesLost(edit.before.length, edit.after).length > 0,
    undoes: edit,
  }
}

function makePlan(project: ProjectRow, after: EditedClass[]): ClassPlan {
  const count = project.classes.length
  const to = mapOfEdit(count, after)
  const lost = placesLost(count, after)
  const classes = after.map(({ name }) => name)
  const stays = project.classes.every((name, place) => to[place] === place && classes[place] === name)
  return {
    after,
    classes,
    colours: after.map(({ colour }) => colour),
    to,
    lost,
    history: extendHistory(project, to),
    isCarried: !stays || lost.length > 0,
    undoes: null,
  }
}

export function coloursOf({ classes, class_colours }: Pick<ProjectRow, 'classes' | 'class_colours'>): ClassColour[] {
  return classes.map((_, place) => class_colours[place] ?? null)
}
