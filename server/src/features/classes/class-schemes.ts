import {
  AppError,
  type ClassMap,
  isBoxLabel,
  isClassification,
  isMaskLabel,
  type LabelData,
  measuresOf,
  type PastClasses,
  readClassAnswer,
  withMeasures,
  writeClassAnswer,
} from '@vesalius/contracts'
import type { Prediction } from '@vesalius/engine/runner'
import type { ProjectRow } from '../../db/tables.ts'

/**
 * Everything that names a class by its place says under which class scheme it was written. These functions read it under
 * the classes of now. A project row that is older than what is read throws CONFLICT: whoever read it looks again.
 */
export type Classed = Pick<ProjectRow, 'task_type' | 'classes' | 'class_scheme' | 'class_history'>
export type Schemed<Data = LabelData> = { data: Data; class_scheme: number }

/** By place under a scheme, the place now. */
export function mapSince(
  project: Pick<Classed, 'classes' | 'class_scheme' | 'class_history'>,
  scheme: number,
): ClassMap {
  if (scheme === project.class_scheme) return project.classes.map((_, place) => place)
  const past = project.class_history[scheme]
  if (!past) throw new AppError('CONFLICT', 'The classes of the project were changed this moment. Look again.')
  return past.to
}

/** What the classes were called under a scheme. */
export function namesUnder(project: Classed, scheme: number): string[] {
  return scheme === project.class_scheme ? project.classes : (project.class_history[scheme]?.names ?? [])
}

export function placeNow(project: Classed, scheme: number, place: number | null): number | null {
  return place === null ? null : (mapSince(project, scheme)[place] ?? null)
}

export function placesNow(project: Classed, scheme: number, places: readonly number[]): number[] {
  const map = mapSince(project, scheme)
  const now = places.map((place) => map[place] ?? null).filter((place) => place !== null)
  return [...new Set(now)].sort((a, b) => a - b)
}

/** A label's data under the classes of now. Marks of a class that is gone go with it, as does an answer. */
export function withClasses(project: Classed, { data, class_scheme }: Schemed): LabelData {
  return carryLabel(project, mapSince(project, class_scheme), data)
}

/** The same through any map to the places of `classes`. */
export function carryLabel(
  { task_type, classes }: Pick<Classed, 'task_type' | 'classes'>,
  map: ClassMap,
  data: LabelData,
): LabelData {
  const key = [...classes]
  const place = <Mark extends { class: number }>(mark: Mark): Mark[] => {
    const now = map[mark.class] ?? null
    return now === null || now >= key.length ? [] : [{ ...mark, class: now }]
  }
  if (isBoxLabel(data)) return { ...data, key, boxes: data.boxes.flatMap(place) }
  if (isMaskLabel(data)) return { ...data, key, masks: data.masks.flatMap(place) }
  const answer = isClassification(task_type) ? readClassAnswer(data) : null
  if (!answer) return data
  const now = answer.value === null ? null : (map[answer.value] ?? null)
  const weights = carryWeights(map, answer.weights, key.length)
  const carried = writeClassAnswer(task_type, key, { value: now !== null && now < key.length ? now : null, weights })
  return withMeasures(carried, measuresOf(data))
}

/** What a model that learned under an earlier scheme says, under the classes of now. */
export function carryAnswer(project: Classed, scheme: number, answer: Prediction): Prediction {
  if (scheme === project.class_scheme) return answer
  const map = mapSince(project, scheme)
  const count = project.classes.length
  if ('probabilities' in answer) return { ...answer, probabilities: carryWeights(map, answer.probabilities, count) }
  const place = <Mark extends { class: number }>(mark: Mark): Mark[] => {
    const now = map[mark.class] ?? null
    return now === null ? [] : [{ ...mark, class: now }]
  }
  if ('masks' in answer) return { ...answer, masks: answer.masks.flatMap(place) }
  return { ...answer, boxes: answer.boxes.flatMap(place), doubtful: answer.doubtful.flatMap(place) }
}

/** Weights of classes that became one are added up. */
export function carryWeights(map: ClassMap, weights: readonly number[], count: number): number[] {
  const carried = new Array<number>(count).fill(0)
  weights.forEach((weight, place) => {
    const now = map[place] ?? null
    if (now !== null && now < count) carried[now] = Math.min(1, (carried[now] ?? 0) + weight)
  })
  return carried
}

/** Whether a model that learned under this scheme can still tell classes of now apart, or find one. */
export function knowsEnough(project: Classed, scheme: number): boolean {
  const known = new Set(mapSince(project, scheme).filter((place) => place !== null))
  return known.size >= (isClassification(project.task_type) ? 2 : 1)
}

/** The history a project has after its classes were changed by `to`: every earlier scheme leads to the new places. */
export function extendHistory(project: Pick<Classed, 'classes' | 'class_history'>, to: ClassMap): PastClasses[] {
  const earlier = project.class_history.map(({ names, to: before }) => ({
    names,
    to: before.map((place) => (place === null ? null : (to[place] ?? null))),
  }))
  return [...earlier, { names: project.classes, to: [...to] }]
}
