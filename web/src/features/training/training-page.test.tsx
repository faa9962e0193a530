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
