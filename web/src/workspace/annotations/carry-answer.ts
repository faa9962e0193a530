import type { ClassMap } from '@vesalius/contracts'
import type { Answer } from './annotation-store.ts'

/** An answer under other classes. Marks of a class that is gone go with it, as they do in labels on the server. */
export function carryAnswer(answer: Answer, map: ClassMap): Answer {
  const { value, marks } = answer
  const placeOf = (place: number) => map[place] ?? null
  const list = marks?.list.flatMap((mark) => {
    const now = placeOf(mark.class)
    return now === null ? [] : [{ ...mark, class: now }]
  })
  return { ...answer, value: value === null ? null : placeOf(value), marks: marks && { ...marks, list: list ?? [] } }
}
