import type { LabelRevision } from '@vesalius/contracts'
import type { z } from 'zod'
import { type Boxes, contentOf, type SentLabel, type SentValue } from './annotator.ts'

type Revision = z.infer<typeof LabelRevision>

/**
 * What is wrong with the history of one image's labels, in words; empty when nothing is. Each label that was acknowledged is a
 * revision of its own, by who sent it and with what was sent, next after the one it was made from; what was acknowledged
 * before another was begun comes before it; and there are no others.
 */
export function checkLabels(sent: readonly SentLabel[], revisions: readonly Revision[]): string[] {
  const flaws: string[] = []
  const byPeople = revisions.filter(({ author }) => author.kind === 'person')
  if (byPeople.length !== sent.length) flaws.push(`${sent.length} acknowledged, ${byPeople.length} in the history`)
  const known = new Map(revisions.map((revision) => [revision.revision, revision]))
  if (known.size !== revisions.length) flaws.push('a revision stands there twice')
  for (const label of sent) {
    const found = known.get(label.revision)
    if (!found) flaws.push(`revision ${label.revision} is gone`)
    else if (found.authorName !== label.author) flaws.push(`revision ${label.revision} is by somebody else`)
    else if (contentOf(found.data as Boxes) !== label.content)
      flaws.push(`revision ${label.revision} says something else`)
    if (label.revision !== label.base + 1) flaws.push(`${label.revision} was made from ${label.base}`)
  }
  const inOrder = sent.toSorted((a, b) => a.revision - b.revision)
  let latestStart = Number.NEGATIVE_INFINITY
  for (const label of inOrder) {
    if (label.endedAt < latestStart)
      flaws.push(`revision ${label.revision} was answered before an earlier one was begun`)
    latestStart = Math.max(latestStart, label.startedAt)
  }
  return flaws
}

/** Whether `value` can be what the last of these writes left: it is of one that ended after no other began. */
export function isLastOf(sent: readonly SentValue[], value: string): boolean {
  const latestStart = Math.max(...sent.map(({ startedAt }) => startedAt))
  return sent.some((each) => each.value === value && each.endedAt >= latestStart)
}
