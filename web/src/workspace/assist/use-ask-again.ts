import { useQueryClient } from '@tanstack/react-query'
import { type Image, type LabelFile, type Prediction, type Project, routes } from '@vesalius/contracts'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { useAct } from '../../ui/use-act.ts'
import { marksFromLabel } from '../marks/label-marks.ts'
import type { Mark } from '../marks/mark.ts'

const LOOK_MS = 400
const LONGEST_MS = 120_000

/** Has the serving model look at the whole image again, and waits for what it says. */
export function useAskAgain(project: Project, image: Image, onGuesses: (marks: readonly Mark[]) => void) {
  const { t } = useTranslation()
  const act = useAct()
  const client = useQueryClient()
  const [askedFor, setAskedFor] = useState<string | null>(null)
  const control = useRef<AbortController | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is waited for belongs to the image
  useEffect(() => () => control.current?.abort(), [image.id])
  const isWaiting = askedFor === image.id
  const ask = () => {
    if (isWaiting) return
    const asked = new AbortController()
    control.current = asked
    const { signal } = asked
    setAskedFor(image.id)
    act(async () => {
      try {
        const newest = await askAndWait(image, signal)
        const label = { type: project.taskType, data: newest.data } as LabelFile
        const marks = marksFromLabel(label, project.classes, image)
        if (marks) onGuesses(marks.list)
        await client.invalidateQueries({ queryKey: keys.predictions(image.id) })
        await client.invalidateQueries({ queryKey: keys.label(image.id) })
      } catch (error) {
        if (!signal.aborted) throw error
      } finally {
        setAskedFor((known) => (known === image.id ? null : known))
      }
    }, t('assist.askedAgain'))
  }
  return { isWaiting, ask }
}

async function askAndWait({ id }: Image, signal: AbortSignal): Promise<Prediction> {
  const params = { imageId: id }
  const read = async () => (await call(routes.listPredictions, { params, signal })).items[0]
  const before = await read()
  const asked = await call(routes.prelabelImage, { params, signal })
  for (let waited = 0; waited < LONGEST_MS; waited += LOOK_MS) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    const newest = await read()
    if (newest && newest.createdAt !== before?.createdAt) return newest
    const now = await call(routes.getImage, { params, signal })
    if (now.problem && now.updatedAt !== asked.updatedAt) throw now.problem
  }
  throw { code: 'UNAVAILABLE', message: 'the model did not answer in time' }
}
