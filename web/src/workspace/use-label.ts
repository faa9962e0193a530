import { useMutation, useQuery } from '@tanstack/react-query'
import type { Image, Project } from '@vesalius/contracts'
import { useEffect, useEffectEvent, useMemo, useState } from 'react'
import { readPastClasses } from '../features/classes/class-queries.ts'
import { labelQuery, predictionsQuery } from '../features/images/image-queries.ts'
import { carryAnswer } from './annotations/carry-answer.ts'
import { answerOfPerson, guessWeights, isByPerson, isLocked, startingAnswer } from './label-body.ts'
import type { Draft } from './saving/draft-store.ts'
import type { Annotating } from './use-annotating.ts'

/** What an earlier sitting left of an image and its author is asked about. */
export interface LeftDraft {
  takeUp: () => void
  throwAway: () => void
  isBusy: boolean
  error: Error | null
}

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
  const [left, setLeft] = useState<{ imageId: string; draft: Draft } | null>(null)
  const isSaving = work.saves.some((save) => save.imageId === image.id)
  const lay = useEffectEvent((data: NonNullable<typeof label>) => {
    // A draft stays on the label it was begun on; whoever submits it merges with what came since.
    const under = work.seen.under(image.id)
    if (work.state.drafts.has(image.id) && under && under.etag !== tagged?.etag) return
    if (tagged) work.seen.lay(image.id, tagged)
    work.change(image.id, startingAnswer(data, project, image), isPersons ? 'remote' : 'model')
    const draft = work.state.drafts.has(image.id) || isLocked(image) ? null : work.drafts.find(image.id)
    if (!draft) return
    // Over a newer guess it goes on; over what a person said since, or under other classes, its author is asked.
    const isFollowing = draft.etag === (tagged?.etag ?? null) || !isPersons
    if (isFollowing && draft.scheme === project.classScheme) work.change(image.id, draft.answer, 'person')
    else setLeft({ imageId: image.id, draft })
  })
  const guess = image.guess?.value
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new guess changes what an unanswered image starts from
  useEffect(() => {
    if (label && !isSaving) lay(label)
  }, [label, guess, isSaving])
  const takeUp = useMutation({
    mutationFn: async ({ answer, scheme }: Draft) =>
      scheme === project.classScheme ? answer : carryAnswer(answer, await readPastClasses(project.id, scheme)),
    onSuccess: (answer) => {
      work.change(image.id, answer, 'person')
      setLeft(null)
    },
  })
  const throwAway = () => {
    work.drafts.drop(image.id)
    setLeft(null)
  }
  const personsAnswer = useMemo(() => (label ? answerOfPerson(label, project, image) : null), [label, project, image])
  return {
    error: known.error,
    refetch: () => void known.refetch(),
    /** Of the label under the answer. */
    etag: work.seen.under(image.id)?.etag ?? tagged?.etag ?? null,
    isKnown: label !== undefined,
    /** What an earlier sitting left that does not simply go on from the label of now. */
    leftDraft: (left?.imageId === image.id
      ? { takeUp: () => takeUp.mutate(left.draft), throwAway, isBusy: takeUp.isPending, error: takeUp.error }
      : null) satisfies LeftDraft | null,
    personsAnswer,
    weights: guessWeights(label, predictions.data?.[0]?.data),
  }
}
