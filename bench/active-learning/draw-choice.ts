import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { SELECTION_STRATEGIES } from '@vesalius/contracts'
import type { ChoiceRun } from './active-learning.bench.ts'
import { meanCurve } from './sum-up.ts'

const PANEL = { width: 300, height: 250, left: 44, right: 286, top: 34, bottom: 208 }
const COLOURS = {
  uncertainty: '#146558',
  disagreement: '#c98a1f',
  diversity: '#3f6fb5',
  mixed: '#a32d18',
  random: '#63716e',
}

/** Writes `docs/images/active-learning.svg`: score against annotated images, one panel for each set. */
export function drawChoice(runs: readonly ChoiceRun[]): void {
  const sets = [...new Set(runs.map(({ set }) => set))]
  const panels = sets.map((set, index) =>
    drawPanel(
      set,
      runs.filter((run) => run.set === set),
      index * PANEL.width,
    ),
  )
  const width = sets.length * PANEL.width
  const legend = SELECTION_STRATEGIES.map((strategy, index) => {
    const x = PANEL.left + index * 130
    return `<path d="M${x} ${PANEL.height + 4}h18" ${strokeOf(strategy)}/><text x="${x + 24}" y="${PANEL.height + 8}">${strategy}</text>`
  })
  const title = 'Score of a small net against annotated images, by how the next image is chosen; means over seeds'
  writeFileSync(
    fileURLToPath(new URL('../../docs/images/active-learning.svg', import.meta.url)),
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${PANEL.height + 20}" font-family="system-ui, sans-serif" font-size="12" fill="#15211f"><title>${title}</title><rect width="${width}" height="${PANEL.height + 20}" fill="#ffffff"/>${[...panels, ...legend].join('')}</svg>\n`,
  )
}

function drawPanel(set: string, runs: readonly ChoiceRun[], left: number): string {
  const curves = SELECTION_STRATEGIES.map((strategy) => ({
    strategy,
    curve: meanCurve(runs.filter((run) => run.strategy === strategy)),
  })).filter(({ curve }) => curve.images.length > 0)
  const scores = curves.flatMap(({ curve }) => curve.scores)
  const [least, most] = [Math.floor(Math.min(...scores) * 20) / 20, Math.ceil(Math.max(...scores) * 20) / 20]
  const images = curves[0]?.curve.images ?? [0, 1]
  const [first = 0, last = 1] = [images[0], images.at(-1)]
  const x = (count: number) => left + PANEL.left + ((count - first) / (last - first)) * (PANEL.right - PANEL.left)
  const y = (score: number) => PANEL.bottom - ((score - least) / (most - least)) * (PANEL.bottom - PANEL.top)
  const ticks = Array.from({ length: 5 }, (_, step) => least + ((most - least) * step) / 4)
  const grid = ticks.map(
    (score) =>
      `<path d="M${left + PANEL.left} ${y(score).toFixed(1)}H${left + PANEL.right}" stroke="#dbe1df"/><text x="${left + PANEL.left - 6}" y="${(y(score) + 4).toFixed(1)}" text-anchor="end">${score.toFixed(2)}</text>`,
  )
  const marks = [first, images[Math.floor(images.length / 2)] ?? first, last].map(
    (count) => `<text x="${x(count).toFixed(1)}" y="${PANEL.bottom + 18}" text-anchor="middle">${count}</text>`,
  )
  const lines = curves.map(({ strategy, curve }) => {
    const points = curve.scores.map(
      (score, round) => `${x(curve.images[round] ?? 0).toFixed(1)} ${y(score).toFixed(1)}`,
    )
    return `<path d="M${points.join('L')}" ${strokeOf(strategy)}/>`
  })
  return `<text x="${left + PANEL.left}" y="20" font-weight="600">${set}</text>${[...grid, ...marks, ...lines].join('')}`
}

function strokeOf(strategy: keyof typeof COLOURS): string {
  return `fill="none" stroke="${COLOURS[strategy]}" stroke-width="2"${strategy === 'random' ? ' stroke-dasharray="5 4"' : ''}`
}
