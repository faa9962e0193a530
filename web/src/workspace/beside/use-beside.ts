import { useQuery } from '@tanstack/react-query'
import { type Image, type LabelFile, type Project, routes } from '@vesalius/contracts'
import { useMemo, useState } from 'react'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { labelQuery, predictionsQuery } from '../../features/images/image-queries.ts'
import { marksFromLabel } from '../marks/label-marks.ts'
import type { Mark } from '../marks/mark.ts'

/** What is looked at beside the image: itself without marks, with other marks, or another image. */
export type BesideChoice =
  | { kind: 'unmarked' }
  | { kind: 'guess' }
  | { kind: 'revision'; revision: number }
  | { kind: 'image'; imageId: string }

const NO_MARKS: readonly Mark[] = []

/** The image and marks to show beside the one at hand. What compares two images ends with the first of them. */
export function useBeside(project: Project, image: Image, items: readonly Image[]) {
  const [chosen, setChosen] = useState<{ imageId: string; what: BesideChoice } | null>(null)
  const isKept = chosen?.imageId === image.id || chosen?.what.kind === 'unmarked' || chosen?.what.kind === 'guess'
  const what = isKept ? (chosen?.what ?? null) : null
  const other = what?.kind === 'image' ? items.find(({ id }) => id === what.imageId) : image
  const guesses = useQuery({ ...predictionsQuery(image.id), enabled: what?.kind === 'guess' })
  const revisions = useQuery({
    queryKey: keys.revisions(image.id),
    queryFn: async ({ signal }) =>
      (await call(routes.listLabelRevisions, { params: { imageId: image.id }, signal })).items,
    enabled: what?.kind === 'revision',
  })
  const others = useQuery({ ...labelQuery(other?.id ?? image.id), enabled: what?.kind === 'image' })
  const found =
    what?.kind === 'guess'
      ? guesses.data?.[0]?.data
      : what?.kind === 'revision'
        ? revisions.data?.find(({ revision }) => revision === what.revision)?.data
        : what?.kind === 'image'
          ? others.data?.label.data
          : undefined
  const isByModel = what?.kind === 'guess' || others.data?.label.meta?.author.kind === 'model'
  const marks = useMemo(
    () => (found && other ? readMarks(found, project, other, isByModel) : NO_MARKS),
    [found, other, project, isByModel],
  )
  return {
    what,
    shown: what && other ? { image: other, marks } : null,
    choose: (next: BesideChoice | null) => setChosen(next && { imageId: image.id, what: next }),
  }
}

function readMarks(data: unknown, project: Project, { width, height }: Image, isByModel: boolean): readonly Mark[] {
  const author = isByModel ? { kind: 'model' } : { kind: 'person' }
  const label = { type: project.taskType, data, meta: { author } } as unknown as LabelFile
  try {
    return marksFromLabel(label, project.classes, { width, height })?.list ?? NO_MARKS
  } catch {
    // Marks of another size cannot be laid over this image.
    return NO_MARKS
  }
}
