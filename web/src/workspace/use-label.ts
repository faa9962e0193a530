import { useQuery } from '@tanstack/react-query'
import type { Image, Project } from '@vesalius/contracts'
import { useEffect, useEffectEvent, useMemo } from 'react'
import { labelQuery, predictionsQuery } from '../features/images/image-queries.ts'
import { answerOfPerson, guessWeights, isByPerson, isLocked, startingAnswer } from './label-body.ts'
import type { Annotating } from './use-annotating.ts'

/** The label of an image as the server has it, laid under the answer being given unless that is on its way there. */
export function useLabel(project: Project, image: Image, work: Annotating) {
  const known = useQuery(labelQuery(image.id))
  const scheme = known.data?.label.meta?.classScheme ?? 0
  // Classes that changed meanwhile are other ones: a label is read under the classes the screen shows.
  const tagged = scheme === project.classScheme ? known.data : (work.seen.under(image.id) ?? undefined)
  const isBehind = known.data !== undefined && scheme < project.classScheme
  const { refetch } = known
  useEffect(() => {
    if (isBehind) void refetch()
  }, [isBehind, refetch])
  const label = tagged?.label
  const isPersons = isByPerson(label)
  const predictions = useQuery({ ...predictionsQuery(image.id), enabled: image.guess !== null && isPersons })
  const isSaving = work.saves.some((save) => save.imageId === image.id)
  const lay = useEffectEvent((data: NonNullable<typeof label>) => {
    // A draft stays on the label it was begun on; whoever submits it merges with what came since.
    const under = work.seen.under(image.id)
    if (work.state.drafts.has(image.id) && under && under.etag !== tagged?.etag) return
    if (tagged) work.seen.lay(image.id, tagged)
    work.change(image.id, startingAnswer(data, project, image), isPersons ? 'remote' : 'model')
    const draft = work.state.drafts.has(image.id) ? null : work.drafts.find(image.id, tagged?.etag ?? null)
    if (draft && !isLocked(image)) work.change(image.id, draft, 'person')
  })
  const guess = image.guess?.value
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new guess changes what an unanswered image starts from
  useEffect(() => {
    if (label && !isSaving) lay(label)
  }, [label, guess, isSaving])
  const personsAnswer = useMemo(() => (label ? answerOfPerson(label, project, image) : null), [label, project, image])
  return {
    error: known.error,
    refetch: () => void known.refetch(),
    /** Of the label under the answer. */
    etag: work.seen.under(image.id)?.etag ?? tagged?.etag ?? null,
    isKnown: label !== undefined,
    personsAnswer,
    weights: guessWeights(label, predictions.data?.[0]?.data),
  }
}
