// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { LATER, openPage } from '../../testing/open-page.tsx'

const id = (number: number) => `0190a000-0000-7000-8000-${String(number).padStart(12, '0')}`
const [PROJECT, ADA, OLD, NEW, RUN] = [id(1), id(2), id(3), id(4), id(5)]
const WHEN = '2026-01-01T00:00:00.000Z'

const project = {
  id: PROJECT,
  name: 'Smears',
  taskType: 1003,
  classes: ['benign', 'malignant'],
  ownerId: ADA,
  organisationId: null,
  access: 'owner',
  reviewMode: 'off',
  isDefault: false,
  deidentifies: true,
  servingModelId: OLD,
  counts: { images: 9, toLabel: 1, annotated: 8, annotatedPerClass: [4, 4], guessed: 1, problems: 0 },
  createdAt: WHEN,
}
const model = {
  projectId: PROJECT,
  byteSize: 1000,
  createdAt: WHEN,
  metrics: null,
  lineage: null,
  imported: null,
  gate: null,
}
const gate = {
  isPromoted: false,
  reason: 'tooFewImages',
  againstId: OLD,
  images: 3,
  score: null,
  againstScore: null,
  interval: null,
  shareBetter: null,
  classes: [],
  comparisonId: null,
  decidedAt: WHEN,
}
const run = {
  id: RUN,
  projectId: PROJECT,
  kind: 'training',
  trigger: 'person',
  scope: 'whole',
  state: 'succeeded',
  progress: {
    phase: 'done',
    fraction: 1,
    epoch: 1,
    epochs: 1,
    step: 1,
    loss: null,
    imagesPerSecond: null,
    secondsLeft: null,
  },
  curve: [],
  metrics: null,
  error: null,
  modelVersionId: NEW,
  trainingImages: 8,
  createdAt: WHEN,
  startedAt: WHEN,
  finishedAt: WHEN,
}

it('says that a new model waits, why, and lets one button use it', async () => {
  const asked = await openPage(`/projects/${PROJECT}/training`, {
    '/me': { id: ADA, username: 'ada', email: 'ada@example.org', role: 'user', createdAt: WHEN },
    [`/projects/${PROJECT}`]: project,
    [`/projects/${PROJECT}/runs`]: { items: [run] },
    [`/runs/${RUN}`]: run,
    [`/projects/${PROJECT}/models`]: {
      items: [
        { ...model, id: NEW, number: 2, state: 'candidate', gate },
        { ...model, id: OLD, number: 1, state: 'serving' },
      ],
    },
  })
  await screen.findByText('Model 2 is ready and waits for your decision', {}, LATER)
  screen.getByText(/only 3 images are kept from training yet.*Until you decide, model 1 goes on/)
  // What guesses now is the model before: nothing new can be asked of it.
  expect(screen.queryByRole('button', { name: 'Guess the rest' })).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'Use model 2' }))
  await waitFor(() =>
    expect(asked).toContainEqual({ method: 'POST', path: `/models/${NEW}/promote`, body: null, ifMatch: null }),
  )
})

const answers = {
  '/me': { id: ADA, username: 'ada', email: 'ada@example.org', role: 'user', createdAt: WHEN },
  [`/projects/${PROJECT}`]: project,
  [`/projects/${PROJECT}/models`]: { items: [{ ...model, id: OLD, number: 1, state: 'serving' }] },
  [`/projects/${PROJECT}/images`]: { items: [{}], nextCursor: null },
  '/users': { items: [{ id: ADA, username: 'ada' }] },
}

it('trains without the answers of somebody', async () => {
  const asked = await openPage(`/projects/${PROJECT}/training`, {
    ...answers,
    [`/projects/${PROJECT}/runs`]: { items: [] },
  })
  const open = await screen.findByRole('button', { name: /Leave somebody out/ }, LATER)
  await waitFor(() => expect(open).toHaveProperty('disabled', false))
  fireEvent.click(open)
  const person = await screen.findByRole('combobox', { name: 'Leave out the answers of' })
  expect(screen.getByRole('button', { name: 'Train' })).toHaveProperty('disabled', true)
  fireEvent.change(person, { target: { value: 'ad' } })
  fireEvent.click(await screen.findByRole('option', { name: 'ada', hidden: true }))
  fireEvent.click(screen.getByRole('button', { name: 'Train' }))
  const body = { without: { imageIds: [], userIds: [ADA] } }
  await waitFor(() =>
    expect(asked).toContainEqual({ method: 'POST', path: `/projects/${PROJECT}/runs`, body, ifMatch: null }),
  )
})

it('shows what guesses were worth, and warns of images that are unlike those learned from', async () => {
  const edits = { kept: 6, changed: 1, relabelled: 1, added: 2, removed: 0 }
  const empty = { count: 0, said: null, right: null }
  const worth = {
    measuredAt: WHEN,
    byHand: { images: 9, seconds: 40 },
    models: [
      {
        ...{
          modelVersionId: OLD,
          number: 1,
          images: 8,
          unchanged: 6,
          edits,
          editsPerImage: 0.5,
          editsFromNothing: 1.25,
        },
        ...{ seconds: 10, calibrationError: 0.15 },
        calibration: [...Array.from({ length: 9 }, () => empty), { count: 8, said: 0.9, right: 0.75 }],
      },
    ],
    drift: { modelVersionId: OLD, number: 1, learned: 30, windows: [{ from: WHEN, to: WHEN, images: 25, unlike: 10 }] },
    left: 0,
  }
  await openPage(`/projects/${PROJECT}/worth`, {
    ...answers,
    [`/projects/${PROJECT}/worth`]: { isMeasuring: false, worth },
  })
  await screen.findByText('6 of 8 images were submitted without a change.', {}, LATER)
  screen.getByText('30 sec')
  screen.getByText(/^40% of the latest images look unlike/)
  screen.getByRole('row', { name: /Model 1 8 75% 6 1 1 2 0/ })
})
