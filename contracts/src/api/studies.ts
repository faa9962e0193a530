import { z } from 'zod'
import { ImageId, ProjectId, StudyId, UserId } from '../ids.ts'
import { Image } from '../image.ts'
import { LabelInput } from '../label.ts'
import { defineRoute } from '../route.ts'
import {
  AdjudicatedLabel,
  Adjudication,
  Agreement,
  GoldImage,
  GoldScore,
  Reading,
  Study,
  StudyImages,
  StudyName,
} from '../study.ts'

const tag = 'studies'
const inProject = z.object({ projectId: ProjectId })
const ofStudy = z.object({ studyId: StudyId })
const ofImage = z.object({ imageId: ImageId })
const note = z.string().trim().min(1).max(4000)

export const createStudy = defineRoute({
  method: 'POST',
  path: '/projects/:projectId/studies',
  summary: 'Let several people read images, blind or not. Each reading is a label set of its own.',
  tag,
  access: 'manage',
  params: inProject,
  body: z.strictObject({
    name: StudyName,
    isBlind: z.boolean().default(true),
    showsGuess: z.boolean().default(false),
    readers: z.array(UserId).min(1).max(20),
    images: StudyImages,
  }),
  responses: { 201: Study },
})

export const listStudies = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/studies',
  summary: 'The studies of a project, newest first: all for reviewers, others see those they read for.',
  tag,
  access: 'see',
  params: inProject,
  responses: { 200: z.object({ items: z.array(Study) }) },
})

export const changeStudy = defineRoute({
  method: 'PATCH',
  path: '/studies/:studyId',
  summary: 'Close a study, or open it again.',
  tag,
  access: 'manage',
  params: ofStudy,
  body: z.strictObject({ state: z.enum(['open', 'closed']) }),
  responses: { 200: Study },
})

export const deleteStudy = defineRoute({
  method: 'DELETE',
  path: '/studies/:studyId',
  summary: 'Remove a study with all readings. Labels stay as they are.',
  tag,
  access: 'manage',
  params: ofStudy,
  responses: { 204: null },
})

export const finishStudy = defineRoute({
  method: 'POST',
  path: '/studies/:studyId/finish',
  summary: "End one's own reading: it is final, and a blind reader sees the other labels from now on.",
  tag,
  access: 'holder',
  params: ofStudy,
  responses: { 200: Study },
})

export const getAgreement = defineRoute({
  method: 'GET',
  path: '/studies/:studyId/agreement',
  summary: "How far the readers agree: Cohen's and Fleiss' kappa, Dice, or F1 of matched marks, with intervals.",
  tag,
  access: 'review',
  params: ofStudy,
  responses: { 200: Agreement },
})

export const listReadings = defineRoute({
  method: 'GET',
  path: '/studies/:studyId/images/:imageId/readings',
  summary: 'What each reader said about an image, and what was made of it.',
  tag,
  access: 'review',
  params: ofStudy.extend({ imageId: ImageId }),
  responses: { 200: z.object({ image: Image, items: z.array(Reading), adjudication: Adjudication.nullable() }) },
})

export const adjudicate = defineRoute({
  method: 'PUT',
  path: '/studies/:studyId/images/:imageId/adjudication',
  summary:
    'Make the label of what the readers said: one of theirs, a merge, or another. `If-Match` as when it is submitted.',
  tag,
  takesTag: true,
  access: 'review',
  params: ofStudy.extend({ imageId: ImageId }),
  body: z.strictObject({ label: LabelInput, note: note.optional() }),
  responses: { 200: AdjudicatedLabel },
})

export const makeGold = defineRoute({
  method: 'PUT',
  path: '/images/:imageId/gold',
  summary: 'Keep the current label as a reference that annotators do not see; they answer the image anew.',
  tag,
  access: 'manage',
  params: ofImage,
  responses: { 200: GoldImage },
})

export const endGold = defineRoute({
  method: 'DELETE',
  path: '/images/:imageId/gold',
  summary: 'The image is an ordinary one again. Answers given to it are kept.',
  tag,
  access: 'manage',
  params: ofImage,
  responses: { 204: null },
})

export const listGold = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/gold',
  summary: "Gold images and everybody's score on them.",
  tag,
  access: 'review',
  params: inProject,
  responses: { 200: z.object({ items: z.array(GoldImage), scores: z.array(GoldScore) }) },
})

export const getGoldScore = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/gold/mine',
  summary: "The caller's own score on gold images, where the project shows it; null otherwise.",
  tag,
  access: 'see',
  params: inProject,
  responses: { 200: z.object({ score: GoldScore.nullable() }) },
})
