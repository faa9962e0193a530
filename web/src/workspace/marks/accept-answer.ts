import { byPerson, type Mark, newMarkId } from './mark.ts'
import { addStroke, type EditRule } from './mask-edits.ts'

/** The model's marks for a region, taken over by a person: boxes as they are, masks laid as if they were painted. */
export function acceptAnswer(list: readonly Mark[], answer: readonly Mark[], rule: EditRule) {
  const select: string[] = []
  let next = list
  for (const mark of answer) {
    if (mark.shape.kind === 'box') {
      const own = { ...byPerson(mark), id: newMarkId() }
      select.push(own.id)
      next = next.concat(own)
      continue
    }
    const stroke = { region: mark.shape.region, class: mark.class, start: null, joins: false }
    const added = addStroke(next, stroke, { ...rule, selected: new Set() })
    if (added.list !== next && added.touched) select.push(added.touched)
    next = added.list
  }
  return { list: next, select }
}
